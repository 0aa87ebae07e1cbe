import { inspect } from "node:util";
import { expect, test } from "vitest";
import { BinderyError } from "@/lib/kernel/errors";
import { withoutSecrets } from "./without-secrets";

const key = "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t";

test("nothing of a secret is left in an error, its facts or its cause", () => {
  const error = new BinderyError("azure_refused", `Bad value ${key}.`, {
    remedy: `Change ${key}.`,
    azureCode: "Bad",
    cause: new Error(key),
  });
  const clean = withoutSecrets(error, [key]) as BinderyError;
  expect(inspect(clean, { depth: 20 })).not.toContain(key);
  expect(clean).toMatchObject({
    code: "azure_refused",
    message: "Bad value (secret).",
    facts: { remedy: "Change (secret).", azureCode: "Bad" },
  });
  expect(inspect(withoutSecrets(new Error(key), [key]))).not.toContain(key);
});

test("an error without secrets stays the same one", () => {
  const error = new BinderyError("azure_refused", "No.");
  expect(withoutSecrets(error, ["short"])).toBe(error);
});
