import { z } from "zod";
import { BinderyError } from "@/lib/kernel/errors";
import { parseResourceId } from "@/lib/kernel/resource-id";
import { apiVersions, detachQuery } from "./deployment-calls";
import type { Compute } from "./deployment-types";
import { errorOf } from "./observe";
import { callArm, getJson, getPages } from "./pipeline";
import { submitWrite } from "./raw-write";
import { readable } from "./readable";
import type { AcceptedWrite } from "./trusted-access";
import type { AzureCaller, Readable } from "./types";

// Raw JSON and not @azure/arm-machinelearning: its own api-version is older, its models drop fields, and its delete can be told to delete the cluster.
const version = `api-version=${apiVersions.computes}`;
const workspaceType = "microsoft.machinelearningservices/workspaces";
const text = z.string().nullish();

const ArmCompute = z.object({
  id: z.string(),
  name: z.string(),
  location: text,
  properties: z.object({
    computeType: text,
    resourceId: text,
    provisioningState: text,
    provisioningErrors: z.array(z.looseObject({ error: z.unknown().optional() })).nullish(),
    isAttachedCompute: z.boolean().nullish(),
    computeLocation: text,
    createdOn: text,
    properties: z.object({ namespace: text }).nullish(),
  }),
});

/** The computes of a workspace, by name. */
export async function listComputes(caller: AzureCaller, workspaceId: string): Promise<Readable<Compute[]>> {
  const id = idOfType(workspaceId, workspaceType, "a machine learning workspace");
  return readable(() =>
    callArm(caller, async (arm) =>
      (await getPages(arm, `${id}/computes?${version}`)).map(computeOf).sort((a, b) => a.name.localeCompare(b.name)),
    ),
  );
}

/** One compute. `absent` is a proven 404. */
export async function getCompute(caller: AzureCaller, computeId: string): Promise<Readable<Compute>> {
  const id = computeIdFrom(computeId);
  return readable(() => callArm(caller, async (arm) => computeOf(await getJson(arm, `${id}?${version}`))));
}

/**
 * Attaches a cluster as a compute and gives back as soon as ARM took it. The caller must carry this very write as `plannedWrite`; sent once, as
 * `sendWrite` says.
 */
export async function putCompute(caller: AzureCaller, computeId: string, body: object): Promise<AcceptedWrite> {
  return submitWrite(caller, { method: "PUT", resourceId: computeIdFrom(computeId), apiVersion: apiVersions.computes, body });
}

/**
 * Detaches a compute and gives back as soon as ARM took it; 204 means that there was none. The cluster behind it stays: Azure's other choice
 * deletes the cluster of a legacy compute, and there is no way to ask for it here.
 */
export async function detachCompute(caller: AzureCaller, computeId: string): Promise<AcceptedWrite> {
  const resourceId = computeIdFrom(computeId);
  return submitWrite(caller, { method: "DELETE", resourceId, apiVersion: apiVersions.computes, query: detachQuery, body: null });
}

const computeIdFrom = (id: string): string => idOfType(id, `${workspaceType}/computes`, "a compute of a machine learning workspace");

function idOfType(id: string, type: string, what: string): string {
  const parts = parseResourceId(id);
  if (parts.type.toLowerCase() !== type) throw new BinderyError("invalid_input", `${id} is not the id of ${what}.`);
  return parts.id;
}

function computeOf(json: unknown): Compute {
  const { id, name, location, properties: own } = ArmCompute.parse(json);
  const computeType = own.computeType ?? "Unknown";
  return {
    id,
    name,
    computeType,
    resourceId: own.resourceId ?? null,
    namespace: computeType.toLowerCase() === "kubernetes" ? (own.properties?.namespace ?? "default") : null,
    provisioningState: own.provisioningState ?? "Unknown",
    isAttached: own.isAttachedCompute ?? false,
    location: own.computeLocation ?? location ?? null,
    errors: (own.provisioningErrors ?? []).flatMap((item) => provisioningError(item)),
    createdOn: own.createdOn ?? null,
  };
}

/** An error with its details on one line: the outer one often says no more than that something failed. */
function provisioningError(item: { error?: unknown }): Compute["errors"] {
  const error = errorOf(item.error ?? item);
  if (error === null) return [];
  const parts = [error.message, ...error.details.map((detail) => detail.message)];
  return [{ code: error.code, message: [...new Set(parts)].filter((part) => part !== "").join(" ") }];
}
