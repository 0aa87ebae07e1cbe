import { z } from "zod";
import { BinderyError } from "@/lib/kernel/errors";
import { parseResourceId } from "@/lib/kernel/resource-id";
import { apiVersions } from "./deployment-calls";
import type { WorkspaceDetail } from "./deployment-types";
import { callArm, getJson } from "./pipeline";
import { readable } from "./readable";
import { workspaceOf } from "./sources";
import type { AzureCaller, Readable } from "./types";

const text = z.string().nullish();
const ArmDetail = z.object({
  identity: z
    .object({ userAssignedIdentities: z.record(z.string(), z.object({ principalId: text, clientId: text }).nullable()).nullish() })
    .nullish(),
  properties: z.object({
    provisioningState: text,
    primaryUserAssignedIdentity: text,
    storageAccount: text,
    keyVault: text,
    containerRegistry: text,
    applicationInsights: text,
    publicNetworkAccess: text,
  }),
});

/** One workspace with its identities and the resources it rests on. `absent` is a proven 404. Lists of workspaces are in `./sources`. */
export async function getWorkspace(caller: AzureCaller, workspaceId: string): Promise<Readable<WorkspaceDetail>> {
  const { id, type } = parseResourceId(workspaceId);
  if (type.toLowerCase() !== "microsoft.machinelearningservices/workspaces")
    throw new BinderyError("invalid_input", `${workspaceId} is not the id of a machine learning workspace.`);
  return readable(() => callArm(caller, async (arm) => detailOf(await getJson(arm, `${id}?api-version=${apiVersions.workspaces}`))));
}

function detailOf(json: unknown): WorkspaceDetail {
  const { identity, properties: own } = ArmDetail.parse(json);
  return {
    ...workspaceOf(json),
    provisioningState: own.provisioningState ?? "Unknown",
    userAssignedIdentities: Object.entries(identity?.userAssignedIdentities ?? {}).map(([id, one]) => ({
      id,
      principalId: one?.principalId ?? null,
      clientId: one?.clientId ?? null,
    })),
    primaryUserAssignedIdentity: own.primaryUserAssignedIdentity ?? null,
    storageAccount: own.storageAccount ?? null,
    keyVault: own.keyVault ?? null,
    containerRegistry: own.containerRegistry ?? null,
    applicationInsights: own.applicationInsights ?? null,
    publicNetworkAccess: own.publicNetworkAccess ?? null,
  };
}
