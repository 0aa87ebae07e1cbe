import { z } from "zod";
import { BinderyError } from "@/lib/kernel/errors";
import { parseResourceId } from "@/lib/kernel/resource-id";
import { shortened } from "./answer-text";
import { apiVersions, forceDeleteQuery } from "./deployment-calls";
import type { Extension } from "./deployment-types";
import { callArm, getJson, getPages } from "./pipeline";
import { submitWrite } from "./raw-write";
import { readable } from "./readable";
import { type AcceptedWrite, clusterPartsOf } from "./trusted-access";
import type { AzureCaller, Readable } from "./types";

// Raw JSON and not @azure/arm-kubernetesconfiguration: its models drop fields, and its poller follows `Location` to a host that must get no token.
const version = `api-version=${apiVersions.extensions}`;
const text = z.string().nullish();
const words = text.transform((told) => (told == null ? told : shortened(told)));

const ArmExtension = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    extensionType: text,
    provisioningState: text,
    currentVersion: text,
    version: text,
    releaseTrain: text,
    autoUpgradeMinorVersion: z.boolean().nullish(),
    scope: z.object({ cluster: z.object({ releaseNamespace: text }).nullish() }).nullish(),
    configurationSettings: z.record(z.string(), text).nullish(),
    statuses: z.array(z.object({ code: text, displayStatus: text, level: text, message: words, time: text })).nullish(),
    errorInfo: z.object({ code: text, message: words }).nullish(),
    aksAssignedIdentity: z.object({ principalId: text }).nullish(),
  }),
});

/** The extensions of a cluster, by name. */
export async function listExtensions(caller: AzureCaller, clusterId: string): Promise<Readable<Extension[]>> {
  clusterPartsOf(clusterId);
  return readable(() =>
    callArm(caller, async (arm) =>
      (await getPages(arm, `${clusterId}/providers/Microsoft.KubernetesConfiguration/extensions?${version}`))
        .map(extensionOf)
        .sort((a, b) => a.name.localeCompare(b.name)),
    ),
  );
}

/** One extension. `absent` is a proven 404. */
export async function getExtension(caller: AzureCaller, extensionId: string): Promise<Readable<Extension>> {
  const id = extensionIdFrom(extensionId);
  return readable(() => callArm(caller, async (arm) => extensionOf(await getJson(arm, `${id}?${version}`))));
}

/**
 * Creates or replaces an extension and gives back as soon as ARM took it. `body` has its protected settings filled in. The caller must carry
 * this very write as `plannedWrite`; sent once, as `sendWrite` says.
 */
export async function putExtension(caller: AzureCaller, extensionId: string, body: object): Promise<AcceptedWrite> {
  return submitWrite(caller, { method: "PUT", resourceId: extensionIdFrom(extensionId), apiVersion: apiVersions.extensions, body });
}

/**
 * Deletes an extension and gives back as soon as ARM took it; 204 means that there was none. ARM forgets it at once, the cluster follows some ten
 * minutes later. `forceDelete`: ARM does not ask the cluster, and what was installed stays in it.
 */
export async function deleteExtension(
  caller: AzureCaller,
  extensionId: string,
  { forceDelete }: { forceDelete: boolean } = { forceDelete: false },
): Promise<AcceptedWrite> {
  const resourceId = extensionIdFrom(extensionId);
  const query = forceDelete ? { query: forceDeleteQuery } : {};
  return submitWrite(caller, { method: "DELETE", resourceId, apiVersion: apiVersions.extensions, ...query, body: null });
}

function extensionIdFrom(id: string): string {
  const parts = parseResourceId(id);
  if (parts.type.toLowerCase() !== "microsoft.kubernetesconfiguration/extensions")
    throw new BinderyError("invalid_input", `${id} is not the id of a cluster extension.`);
  clusterPartsOf(parts.parentId ?? "");
  return parts.id;
}

function extensionOf(json: unknown): Extension {
  const { id, name, properties: own } = ArmExtension.parse(json);
  const { code, message } = own.errorInfo ?? {};
  return {
    id,
    name,
    extensionType: own.extensionType ?? "",
    provisioningState: own.provisioningState ?? "Unknown",
    currentVersion: own.currentVersion ?? null,
    version: own.version ?? null,
    releaseTrain: own.releaseTrain ?? null,
    autoUpgrade: own.autoUpgradeMinorVersion ?? true,
    releaseNamespace: own.scope?.cluster?.releaseNamespace ?? null,
    settings: Object.fromEntries(Object.entries(own.configurationSettings ?? {}).map(([key, value]) => [key, value ?? ""])),
    statuses: (own.statuses ?? []).map((one) => ({
      code: one.code ?? null,
      displayStatus: one.displayStatus ?? null,
      level: one.level ?? null,
      message: one.message ?? null,
      time: one.time ?? null,
    })),
    error: code == null && message == null ? null : { code: code ?? "", message: message ?? "" },
    principalId: own.aksAssignedIdentity?.principalId ?? null,
  };
}
