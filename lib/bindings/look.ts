import { listRoleBindings } from "@/lib/azure/trusted-access";
import type { AzureCaller, Readable, RoleBinding } from "@/lib/azure/types";
import { now } from "@/lib/kernel/clock";
import { recordLook } from "./store";

/** Lists a cluster's bindings live and keeps what was seen. */
export async function lookAtBindings(caller: AzureCaller, clusterId: string): Promise<Readable<RoleBinding[]>> {
  const askedAt = now();
  const read = await listRoleBindings(caller, clusterId);
  if (read.state === "ok") await recordLook(clusterId, read.value, askedAt);
  return read;
}
