import { expect, test } from "vitest";
import { mergeCaches } from "./merge-caches";

const token = (secret: string, cached_at: string): object => ({ secret, cached_at, credential_type: "AccessToken" });

test("two renewals at once keep the tokens of both, the later one where they meet", () => {
  const stored = {
    AccessToken: { arm: token("arm-theirs", "200"), mine: token("old", "100") },
    RefreshToken: { r: { secret: "theirs" } },
    AppMetadata: {},
  };
  const ours = {
    AccessToken: { mine: token("new", "150"), aks: token("aks", "150"), arm: token("arm-ours", "190") },
    RefreshToken: { r: { secret: "ours" } },
  };
  expect(JSON.parse(mergeCaches(JSON.stringify(stored), JSON.stringify(ours)))).toEqual({
    AccessToken: { arm: token("arm-theirs", "200"), mine: token("new", "150"), aks: token("aks", "150") },
    RefreshToken: { r: { secret: "theirs" } },
    AppMetadata: {},
  });
});
