import { getCluster } from "@/lib/azure/clusters";
import { type ApiServer, openApiServer } from "@/lib/azure/kubernetes";
import { valueOf } from "@/lib/azure/readable";
import type { AzureCaller, Readable } from "@/lib/azure/types";

/** What a read shows, or null when it is proven absent. Throws when it cannot be read: what is not readable is never taken for absent. */
export function liveOf<T>(read: Readable<T>, what: string): T | null {
  return read.state === "absent" ? null : valueOf(read, what);
}

/** The cluster's own API server for this person, or why it cannot be read directly. */
export async function apiServerOf(caller: AzureCaller, clusterId: string): Promise<Readable<ApiServer>> {
  const cluster = await getCluster(caller, clusterId);
  return cluster.state === "ok" ? openApiServer(caller, cluster.value) : cluster;
}

/** Why a read brought nothing, in words. */
export function whyUnread(read: Exclude<Readable<unknown>, { state: "ok" }>): string {
  return read.state === "absent" ? "It is not there." : read.message;
}
