import { expect, test } from "vitest";
import { pickFilters } from "@/components/ui/url-filters";
import { NetworkInput } from "@/lib/network/authorize/schema";
import {
  type AuthorizeDraft,
  authorizeDraft,
  authorizeLink,
  authorizeNames,
  bodyOfAuthorize,
  missingOfAuthorize,
  pathsOf,
} from "./authorize-draft";

const clusterId =
  "/subscriptions/1d3f5a70-0c4e-4b8e-9f11-6a2c7e5b0d01/resourceGroups/rg-ml/providers/Microsoft.ContainerService/managedClusters/aks-ml";

test("a draft with a cluster adds what is missing, and is a body that the server takes", () => {
  const draft = {
    ...authorizeDraft({ cluster: clusterId }),
    reason: "Reach it",
    own: "203.0.113.7,\n198.51.100.0/24",
    egress: "192.0.2.1",
  };
  expect(missingOfAuthorize(draft)).toEqual([]);
  expect(NetworkInput.parse(bodyOfAuthorize(draft))).toMatchObject({
    scope: "region-and-pair",
    addMissing: true,
    extra: [
      { range: "203.0.113.7", for: "own" },
      { range: "198.51.100.0/24", for: "own" },
      { range: "192.0.2.1", for: "egress" },
    ],
  });
});

test("what the server says of a range belongs to the field that it was typed in", () => {
  const draft = {
    ...authorizeDraft({ cluster: clusterId }),
    own: "203.0.113.7 198.51.100.0/24",
    egress: "192.0.2.1",
    remove: "20.42.0.240/28",
  };
  expect(pathsOf(draft)).toEqual({ own: ["extra.0", "extra.1"], egress: ["extra.2"], remove: ["remove.0"] });
  expect(bodyOfAuthorize(draft).extra?.[2]).toEqual({ range: "192.0.2.1", for: "egress" });
});

test("nothing to add and nothing to remove is still needed, and so is a cluster", () => {
  expect(missingOfAuthorize({ ...authorizeDraft({}), addMissing: false })).toEqual(["cluster", "a range to add or remove"]);
});

test("a link opens the form as the request was, in every part", () => {
  const draft = {
    clusterId,
    scope: "global",
    addMissing: false,
    own: "203.0.113.7 198.51.100.0/24",
    egress: "192.0.2.1",
    remove: "20.42.0.240/28",
    mergeAdjacent: true,
    reason: "Why",
    ticket: "CHG-1",
  } satisfies AuthorizeDraft;
  const asIs = new Map<string, unknown>(Object.entries(authorizeDraft({})));
  expect(Object.entries(draft).filter(([part, value]) => value === asIs.get(part))).toEqual([]);
  const query = Object.fromEntries(new URL(authorizeLink(bodyOfAuthorize(draft)), "http://x").searchParams);
  expect(authorizeDraft(pickFilters(authorizeNames, query))).toEqual(draft);
});
