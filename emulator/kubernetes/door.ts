import { createSecureContext, type SecureContext } from "node:tls";
import { clusterAuthority } from "../certificates/cluster-authority";
import { retryAfterOf } from "../control/request-log";
import { type Handler, headerOf } from "../server/exchange";
import type { World } from "../world";
import { kubernetesApi } from "./api";
import { apiServerHost, clusterOfHost, unreachable } from "./host";

/**
 * The door of all API servers: which cluster is meant, its name in the TLS greeting tells, and so does the Host header. A cluster that cannot be
 * reached is one whose greeting is not answered.
 */
export function apiServerDoor(world: World): Handler {
  return async (incoming) => {
    const host = (headerOf(incoming, "host") ?? "").replace(/:\d+$/, "");
    const cluster = clusterOfHost(world, host);
    if (cluster === undefined || unreachable(world, cluster) !== null)
      return { status: 421, body: { error: "No cluster has that name, or none that can be reached." } };
    const began = Date.now();
    const reply = await kubernetesApi(world, cluster, incoming);
    world.log.add({
      at: new Date().toISOString(),
      door: "kubernetes",
      method: incoming.method,
      path: `${cluster.id}${incoming.path}`,
      apiVersion: null,
      status: reply.status,
      oid: null,
      requestId: null,
      correlationId: null,
      guard: null,
      retryAfterSeconds: retryAfterOf(reply.headers),
      ms: Date.now() - began,
    });
    return reply;
  };
}

/** The certificate for the name of a TLS greeting. Throws where there is no such API server or nobody reaches it. */
export async function certificateFor(world: World, name: string): Promise<SecureContext> {
  const cluster = clusterOfHost(world, name);
  if (cluster === undefined) throw new Error(`No cluster has the name ${name}.`);
  const why = unreachable(world, cluster);
  if (why !== null) throw new Error(`The API server of ${cluster.name} cannot be reached: ${why}.`);
  const { certPem, keyPem } = await clusterAuthority(world, cluster.id, apiServerHost(cluster));
  return createSecureContext({ cert: certPem, key: keyPem });
}
