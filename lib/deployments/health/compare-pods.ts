import type { KubernetesPod } from "@/lib/azure/deployment-types";
import { releaseNamespace } from "../settings/derived";
import type { ExpectedPods } from "./expected-pods";

/** How the pods of the extension stand against what its settings ask for. */
export type PodComparison = {
  /** Kinds of which at least one pod is well, with those pods. */
  matched: { expected: ExpectedPods; pods: KubernetesPod[] }[];
  /** Kinds of which there are fewer pods than asked for, well or not. Never a job's: its pod may be gone when it has ended. */
  missing: { expected: ExpectedPods; found: number }[];
  unhealthy: { expected: ExpectedPods; pod: KubernetesPod; why: string }[];
  /** Pods of the namespace that nothing here explains: of other versions, or brought by somebody. */
  other: KubernetesPod[];
};

/**
 * Holds the pods of the namespace `azureml` against those expected; pods of other namespaces are left out. A pod belongs to the kind with
 * the longest beginning of its name.
 */
export function comparePods(expected: readonly ExpectedPods[], pods: readonly KubernetesPod[]): PodComparison {
  const own = pods.filter(({ namespace }) => namespace === releaseNamespace);
  const kindOf = new Map(own.map((pod) => [pod, kind(expected, pod)]));
  const podsOf = (one: ExpectedPods): KubernetesPod[] => own.filter((pod) => kindOf.get(pod) === one);
  const sorted = expected.map((one) => {
    const all = podsOf(one).map((pod) => ({ pod, why: whyUnwell(one, pod) }));
    return { expected: one, all, well: all.filter(({ why }) => why === null).map(({ pod }) => pod) };
  });
  return {
    matched: sorted.flatMap((one) => (one.well.length === 0 ? [] : [{ expected: one.expected, pods: one.well }])),
    missing: sorted.flatMap(({ expected: one, all }) =>
      one.job !== true && all.length < one.count ? [{ expected: one, found: all.length }] : [],
    ),
    unhealthy: sorted.flatMap((one) => one.all.flatMap(({ pod, why }) => (why === null ? [] : [{ expected: one.expected, pod, why }]))),
    other: own.filter((pod) => kindOf.get(pod) === undefined),
  };
}

function kind(expected: readonly ExpectedPods[], { name }: KubernetesPod): ExpectedPods | undefined {
  return expected
    .filter(({ prefix }) => name === prefix || name.startsWith(`${prefix}-`))
    .sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

/** What Kubernetes says of a pod that is on its way. */
const starting = new Set(["ContainerCreating", "PodInitializing"]);

/** Why a pod is not well; null: it is. A job's pod is well when it ended well, and while it has yet to end. */
function whyUnwell({ job }: ExpectedPods, pod: KubernetesPod): string | null {
  const said = [pod.reason, pod.message].filter((one) => one !== null && one !== "").join(": ");
  if (job === true) {
    if (pod.phase === "Succeeded" || (pod.phase !== "Failed" && (said === "" || starting.has(pod.reason ?? "")))) return null;
    return said === "" ? "The job failed." : said;
  }
  if (pod.phase === "Running" && pod.containers > 0 && pod.ready >= pod.containers) return null;
  if (said !== "") return said;
  return pod.phase === "Running" ? `${pod.ready} of ${pod.containers} containers are ready.` : `The pod is ${pod.phase}.`;
}
