import { expect, test } from "vitest";
import { BatchInput } from "@/lib/requests/batch/schema";
import { bodyOfSeveral, isOfForm, missingOfSeveral, severalDraft, severalLink, withCluster } from "./several-draft";

const idOf = (name: string) =>
  `/subscriptions/1d3f5a70-0c4e-4b8e-9f11-6a2c7e5b0d01/resourceGroups/rg-ml/providers/Microsoft.ContainerService/managedClusters/${name}`;
const two = [idOf("aks-1"), idOf("aks-2")];

test("a draft with two clusters is a body that the server takes", () => {
  const draft = { ...severalDraft(two), own: "52.1.2.3\n52.1.3.0/24", reason: "Train" };
  expect(missingOfSeveral(draft)).toEqual([]);
  expect(BatchInput.parse(bodyOfSeveral(draft))).toMatchObject({
    clusterIds: two,
    addMissing: true,
    extra: [
      { range: "52.1.2.3", for: "own" },
      { range: "52.1.3.0/24", for: "own" },
    ],
  });
});

test("a cluster stands in it once, however its id is written, and what is no cluster's id does not", () => {
  expect(severalDraft([idOf("aks-1"), idOf("AKS-1"), "nothing"]).clusterIds).toEqual([idOf("aks-1")]);
  expect(withCluster(two, [idOf("AKS-2"), idOf("aks-3")])).toEqual([...two, idOf("aks-3")]);
  expect(missingOfSeveral(severalDraft([idOf("aks-1")]))).toEqual(["another cluster"]);
});

test("only what is wrong for every cluster alike belongs to the form", () => {
  expect(["reason", "ticket", "extra", "extra.3"].map((field) => isOfForm({ field }))).toEqual([true, true, true, true]);
  expect([undefined, "scope", "addMissing", "clusterId"].map((field) => isOfForm({ field }))).toEqual([false, false, false, false]);
});

test("a link names every cluster, and for one it is that of the form of one", () => {
  const link = new URL(severalLink(two), "http://x");
  expect([link.pathname, link.searchParams.getAll("cluster")]).toEqual(["/network/new/several", two]);
  expect(severalLink(two.slice(0, 1))).toBe(`/network/new?cluster=${encodeURIComponent(two[0] ?? "")}`);
});
