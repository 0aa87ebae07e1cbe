import { getHealthReports, listEvents, listPods } from "@/lib/azure/kubernetes";
import type { AzureCaller, Readable } from "@/lib/azure/types";
import type { Plan } from "@/lib/plans/plan";
import type { Evidence } from "@/lib/runs/steps";
import { readHealthReport } from "./health/report";
import { releaseNamespace } from "./settings/derived";
import { apiServerOf, whyUnread } from "./steps/live";

/** So many of each are kept: the newest events, and pods that are not well first. */
const keptAtMost = 60;

/**
 * What the cluster shows of an installation that is under way: the health check's reports, the pods of the namespace and its warnings. Helm
 * takes the pods away when an installation fails, so it is looked at while Azure works on it. Where the cluster cannot be read, that is said.
 */
export async function collectEvidence(caller: AzureCaller, plan: Plan): Promise<Evidence | null> {
  const server = await apiServerOf(caller, plan.target.clusterId);
  if (server.state !== "ok") return { kind: "cluster-not-read", document: { why: whyUnread(server) } };
  const [reports, pods, events] = await Promise.all([
    getHealthReports(server.value, releaseNamespace),
    listPods(server.value, { namespace: releaseNamespace }),
    listEvents(server.value, releaseNamespace),
  ]);
  if (reports.state === "absent" && isEmpty(pods) && isEmpty(events)) return null;
  return {
    kind: "cluster",
    document: {
      reports: reports.state === "ok" ? readHealthReport(reports.value) : [],
      pods: valuesOf(pods)
        .sort((a, b) => Number(isWell(a)) - Number(isWell(b)))
        .slice(0, keptAtMost)
        .map(({ name, phase, reason, message, ready, containers, restarts, node }) => ({
          name,
          phase,
          reason,
          message,
          ready,
          containers,
          restarts,
          node,
        })),
      events: valuesOf(events)
        .filter(({ type }) => type !== "Normal")
        .sort((a, b) => (b.lastSeen ?? "").localeCompare(a.lastSeen ?? ""))
        .slice(0, keptAtMost)
        .map(({ object, reason, message, count, lastSeen }) => ({ object, reason, message, count, lastSeen })),
      notRead: [
        ...new Set([reports, pods, events].flatMap((read) => (read.state === "ok" || read.state === "absent" ? [] : [whyUnread(read)]))),
      ],
    },
  };
}

const isWell = ({ phase, ready, containers }: { phase: string; ready: number; containers: number }): boolean =>
  phase === "Succeeded" || (phase === "Running" && ready >= containers);
const valuesOf = <T>(read: Readable<T[]>): T[] => (read.state === "ok" ? [...read.value] : []);
const isEmpty = (read: Readable<unknown[]>): boolean => read.state === "ok" && read.value.length === 0;
