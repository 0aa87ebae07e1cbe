import { beforeEach, describe, expect, test, vi } from "vitest";
import { person } from "@/lib/audit/testing";
import { db, transaction } from "@/lib/db/client";
import type { AzureCaller, Cluster, Readable } from "@/lib/azure/types";
import { cluster, clusterId, readable } from "@/lib/bindings/testing";
import { testDatabase } from "@/lib/db/testing";
import { keepValue } from "../protected-store";
import { certificateFacts } from "../settings/testing/samples";
import { lintExtension } from "./lint";

const asked = vi.hoisted(() => ({ clusters: [] as string[], cluster: null as unknown }));
vi.mock("@/lib/auth/caller", async () => (await import("@/lib/requests/testing/world")).entra);
vi.mock("@/lib/azure/clusters", () => ({
  getCluster: async (_caller: AzureCaller, id: string) => {
    asked.clusters.push(id);
    return asked.cluster as Readable<Cluster>;
  },
}));
const unread = { state: "no-permission", message: "No." } as const;
vi.mock("../deploy/cluster-look", () => ({
  lookIntoCluster: async () => ({ direct: false, nodes: unread, pods: unread, namespaces: unread, findings: unread }),
}));

testDatabase();
const ines = person("Ines", ["Requester"]);
const other = person("Tomas", ["Requester"]);
const settings = { enableTraining: "True" };
const extension = { name: "azureml", settings, protected: {} };

beforeEach(() => {
  asked.clusters = [];
  asked.cluster = readable(cluster);
});

describe("the check of the settings", () => {
  test("asks Azure for nothing where no cluster is chosen, and derives nothing", async () => {
    const answer = await lintExtension(ines, { extension });
    expect(asked.clusters).toEqual([]);
    expect(answer).toMatchObject({ derived: [], clusterRead: false });
  });

  test("adds what follows from the cluster, with the reason", async () => {
    const answer = await lintExtension(ines, { clusterId, extension });
    expect(answer.clusterRead).toBe(true);
    expect(answer.derived).toContainEqual(
      expect.objectContaining({ key: "cluster_name", value: cluster.id, reason: "The cluster's ARM id." }),
    );
  });

  test("judges the settings by themselves where the cluster is not readable, and gives nothing of it away", async () => {
    asked.cluster = unread;
    expect(await lintExtension(ines, { clusterId, extension })).toMatchObject({ derived: [], clusterRead: false });
  });

  test("tells how each given key is edited, and that one is not known", async () => {
    const answer = await lintExtension(ines, {
      extension: { ...extension, settings: { enableInference: "False", enableTrainig: "True" } },
    });
    expect(answer.given).toEqual([
      { key: "enableInference", setting: expect.objectContaining({ kind: "flag" }) },
      { key: "enableTrainig", setting: null },
    ]);
    expect(answer.findings).toContainEqual(
      expect.objectContaining({
        key: "enableTrainig",
        fix: expect.objectContaining({ changes: [{ do: "rename", in: "settings", key: "enableTrainig", to: "enableTraining" }] }),
      }),
    );
  });

  test("holds the certificate of its owner against the settings, and of nobody else", async () => {
    const past = { ...certificateFacts, notAfter: "2020-01-01T00:00:00.000Z" };
    const { ref } = await transaction((tx) => keepValue(tx, ines, "sslCertPemFile", "PEM", past));
    const asks = {
      ...extension,
      settings: { enableInference: "True", sslCname: "ml.contoso.com" },
      protected: { sslCertPemFile: { ref } },
    };
    const levels = async (actor: typeof ines) =>
      (await lintExtension(actor, { extension: asks })).findings.filter(({ rule }) => rule.includes("expired"));
    expect(await levels(ines)).not.toEqual([]);
    expect(await levels(other)).toEqual([]);
    expect(await db().auditEvent.count()).toBe(0);
  });
});
