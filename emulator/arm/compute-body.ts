import type { Compute } from "../state/extension-shapes";
import type { ArmIdentity } from "../state/shapes";
import { ArmError } from "./errors";

/** What a PUT of a compute brings. */
export type Body = { location: string | null; identity: ArmIdentity | null; properties: Record<string, unknown> };

/** Reads a body. Throws 400: only Kubernetes clusters of AKS are attached here. */
export function readBody(body: unknown): Body {
  const { location, identity, properties } = (body ?? {}) as {
    location?: unknown;
    identity?: ArmIdentity;
    properties?: Record<string, unknown>;
  };
  if (typeof properties !== "object" || properties === null) throw invalid("The body has no properties.");
  if (properties.computeType !== "Kubernetes")
    throw invalid(`computeType is ${JSON.stringify(properties.computeType)}; the local Azure attaches Kubernetes clusters alone.`);
  const id = properties.resourceId;
  if (
    typeof id !== "string" ||
    !/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ContainerService\/managedClusters\/[^/]+$/i.test(id)
  )
    throw invalid("properties.resourceId is not the id of a managed cluster.");
  return { location: typeof location === "string" ? location : null, identity: identity ?? null, properties };
}

/** The namespace of a compute. */
export function namespaceOf(properties: Record<string, unknown>): string {
  return (properties.properties as { namespace?: string } | undefined)?.namespace ?? "default";
}

/** 400 of Azure ML. */
export function invalid(message: string): ArmError {
  return new ArmError(400, "BadRequest", message);
}

/** A compute as Azure ML answers it. */
export function shown(one: Compute): object {
  const at = (ms: number) => new Date(ms).toISOString();
  const inner = (one.body.properties ?? {}) as Record<string, unknown>;
  return {
    id: one.id,
    name: one.name,
    type: "Microsoft.MachineLearningServices/workspaces/computes",
    location: one.location,
    tags: null,
    ...(one.identity === null ? {} : { identity: one.identity }),
    properties: {
      ...one.body,
      disableLocalAuth: one.body.disableLocalAuth ?? false,
      computeLocation: one.location,
      provisioningState: one.state,
      provisioningErrors: one.errors.length === 0 ? null : one.errors.map((error) => ({ error })),
      isAttachedCompute: true,
      createdOn: at(one.createdAt),
      modifiedOn: at(one.changedAt),
      // Connection strings are secrets: a GET never gives them.
      properties: { ...inner, namespace: namespaceOf(one.body), relayConnectionString: null, serviceBusConnectionString: null },
    },
  };
}
