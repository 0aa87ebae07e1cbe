import type { Actor } from "@/lib/auth/actor";
import type { Extension, KubernetesPod } from "@/lib/azure/deployment-types";
import { listExtensions } from "@/lib/azure/extensions";
import { getHealthReports, listPods, openApiServer } from "@/lib/azure/kubernetes";
import { mapReadable, shown } from "@/lib/azure/readable";
import type { AzureCaller, Cluster, Readable } from "@/lib/azure/types";
import { diagnose } from "@/lib/deployments/diagnosis/diagnose";
import { comparePods } from "@/lib/deployments/health/compare-pods";
import { expectedPods } from "@/lib/deployments/health/expected-pods";
import { type HealthReport, readHealthReport } from "@/lib/deployments/health/report";
import { releaseNamespace } from "@/lib/deployments/settings/derived";
import type { Answer, ParamsOf, QueryOut } from "@/lib/http/contract";
import { idKey } from "@/lib/kernel/resource-id";
import { shortCache } from "@/lib/kernel/short-cache";
import { computesOn } from "./computes";
import { diagnosisShape } from "./diagnosis";
import { personKeyOf } from "./fleet";
import { clusterAt } from "./one";
import { wayInto } from "./reading";

type Key = "GET /api/v1/clusters/{subscription}/{group}/{name}/azureml";
type Detail = Answer<Key>;
type ExtensionRow = Extract<Detail["extensions"], { state: "ok" }>["value"][number];
type PodsOfIt = Extract<NonNullable<Detail["pods"]>, { state: "ok" }>["value"];
/** What the extension's namespace shows. */
type Inside = { pods: Readable<KubernetesPod[]>; reports: HealthReport[] };

const half = { freshMs: 30_000, staleMs: 30_000, max: 200 };
const extensions = shortCache<Readable<Extension[]>>({ ...half, poor: ({ state }) => state !== "ok" });
const insides = shortCache<Inside>({ ...half, poor: ({ pods }) => pods.state !== "ok" });

/**
 * Azure ML on a cluster, each part by itself and at most 30 s old: the extension with what its failure means, its pods against what its
 * settings ask for (by the API server, or as the person's own command showed them), and the computes of the workspaces that this person sees.
 * Throws `not_found` for a cluster that Azure does not show.
 */
export async function readAzureMl(actor: Actor, params: ParamsOf<Key>, query: QueryOut<Key>): Promise<Detail> {
  const { caller, cluster } = await clusterAt(actor, params);
  const key = `${personKeyOf(actor)}|${idKey(cluster.id)}`;
  const [all, { way, sections }, computes] = await Promise.all([
    extensions.get(key, () => listExtensions(caller, cluster.id)),
    wayInto(actor, caller, cluster, query.via, "workload"),
    computesOn(actor, cluster.id),
  ]);
  const inside =
    query.via === "run-command"
      ? sections?.pods === undefined
        ? null
        : { pods: sections.pods, reports: reportsOf(sections.health) }
      : way.obstacle === null
        ? await insides.get(key, () => lookInside(caller, cluster))
        : null;
  const own = mapReadable(all, (list) =>
    list.filter(({ extensionType }) => extensionType.toLowerCase() === "microsoft.azureml.kubernetes"),
  );
  return {
    way,
    extensions: shown(mapReadable(own, (list) => list.map((one) => extensionRow(one, inside?.reports ?? [])))),
    pods: inside === null ? null : shown(mapReadable(inside.pods, (pods) => podsOf(own, pods))),
    computes,
  };
}

async function lookInside(caller: AzureCaller, cluster: Cluster): Promise<Inside> {
  const server = await openApiServer(caller, cluster);
  if (server.state !== "ok") return { pods: server, reports: [] };
  const [pods, reports] = await Promise.all([
    listPods(server.value, { namespace: releaseNamespace }),
    getHealthReports(server.value, releaseNamespace),
  ]);
  return { pods, reports: reportsOf(reports) };
}

/** Reports are a help and never missed: there are none where the extension left none, or where they cannot be read. */
const reportsOf = (read: Readable<Record<string, string>> | undefined): HealthReport[] =>
  read?.state === "ok" ? readHealthReport(read.value) : [];

function extensionRow(extension: Extension, report: HealthReport[]): ExtensionRow {
  const { id, name, provisioningState, currentVersion, releaseTrain, autoUpgrade, settings, statuses, error } = extension;
  const failed = error !== null || /^(failed|canceled)$/i.test(provisioningState);
  return {
    id,
    name,
    provisioningState,
    currentVersion,
    releaseTrain,
    autoUpgrade,
    settings,
    statuses,
    error,
    diagnosis: failed
      ? diagnose({ source: "extension", code: error?.code ?? null, message: error?.message ?? "", statuses, report }).map(diagnosisShape)
      : [],
  };
}

/** Without an extension nothing is expected: what is in its namespace all the same is told as other pods. */
function podsOf(extension: Readable<Extension[]>, pods: KubernetesPod[]): PodsOfIt {
  const installed = extension.state === "ok" ? extension.value : [];
  const { matched, missing, unhealthy, other } = comparePods(
    installed.flatMap(({ name, settings }) => expectedPods(name, settings)),
    pods,
  );
  return {
    well: matched.map(({ expected: { app, why, count }, pods: found }) => ({ app, why, count, found: found.length })),
    missing: missing.map(({ expected: { app, why, count }, found }) => ({ app, why, count, found })),
    unwell: unhealthy.map(({ expected: { app }, pod, why }) => ({ app, pod: pod.name, why })),
    other: other.map(({ name }) => name).sort(),
  };
}
