import { CircleCheck, CirclePause, CirclePlay, CircleX, Globe, Lock, RefreshCw, ShieldCheck, type Icon } from "@/components/ui/icons";
import type { Tone } from "@/components/ui/tone";
import type { Answer } from "@/lib/http/contract";

export type ClusterRow = Answer<"GET /api/v1/clusters">["items"][number];
export type ClusterDetail = Answer<"GET /api/v1/clusters/{subscription}/{group}/{name}">;
export type AzureMl = Answer<"GET /api/v1/clusters/{subscription}/{group}/{name}/azureml">;
export type PodList = Answer<"GET /api/v1/clusters/{subscription}/{group}/{name}/pods">;
export type Access = Answer<"GET /api/v1/clusters/{subscription}/{group}/{name}/access">;
export type Way = PodList["way"];

type Look = { word: string; tone: Tone; icon: Icon; meaning?: string };

/** The state of a cluster in one word: what Azure's provisioning and power states say together. */
export function stateLook({ provisioningState, powerState }: Pick<ClusterRow, "provisioningState" | "powerState">): Look {
  if (provisioningState === "Failed") return { word: "Failed", tone: "danger", icon: CircleX, meaning: "Azure's last operation failed." };
  if (powerState === "Stopped")
    return { word: "Stopped", tone: "warning", icon: CirclePause, meaning: "Changes take effect when it runs." };
  if (provisioningState === "Succeeded") return { word: "Running", tone: "success", icon: CirclePlay };
  return { word: provisioningState, tone: "info", icon: RefreshCw, meaning: "Azure works on this cluster." };
}

/** Who can reach the API server. */
export function reachLook(cluster: Pick<ClusterRow, "isPrivate" | "publicFqdnDisabled" | "authorizedIpRanges">): Look {
  const { isPrivate, publicFqdnDisabled, authorizedIpRanges } = cluster;
  if (isPrivate) return { word: publicFqdnDisabled ? "Private" : "Private, public name", tone: "neutral", icon: Lock };
  const ranges = authorizedIpRanges?.length ?? 0;
  if (ranges > 0) return { word: `${ranges} authorized range${ranges === 1 ? "" : "s"}`, tone: "neutral", icon: ShieldCheck };
  return { word: "Open to the internet", tone: "warning", icon: Globe, meaning: "No authorized IP ranges are set." };
}

/** Nodes of all pools together. */
export function nodeCount({ nodePools }: Pick<ClusterRow, "nodePools">): number {
  return nodePools.reduce((sum, pool) => sum + pool.count, 0);
}

/** How Azure's provisioning state of an extension or compute looks. */
export function provisioningLook(state: string): Look {
  if (state === "Succeeded") return { word: state, tone: "success", icon: CircleCheck };
  if (state === "Failed" || state === "Canceled") return { word: state, tone: "danger", icon: CircleX };
  return { word: state, tone: "info", icon: RefreshCw, meaning: "Azure works on it." };
}
