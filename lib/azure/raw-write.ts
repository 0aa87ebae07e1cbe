import type { Json } from "@/lib/kernel/json";
import { deadlines, type WireAnswer } from "./call";
import { refusal } from "./failures";
import { laidOver } from "./lay-over";
import { type Arm, callArm, sendRaw } from "./pipeline";
import type { AcceptedWrite } from "./trusted-access";
import type { AzureCaller, PlannedArmWrite } from "./types";

/**
 * Sends a write as raw JSON and gives ARM's answer as soon as ARM took it. The caller must carry this very write as `plannedWrite`. It is sent
 * once: an answer that never came is `azure_unavailable`, and what happened must be read back. Throws like every gateway.
 */
export async function sendWrite(caller: AzureCaller, write: PlannedArmWrite): Promise<WireAnswer> {
  return callArm(
    caller,
    async (arm) => {
      const answer = await sendPlanned(arm, write);
      if (answer.status >= 400) throw refusal(answer, arm.call);
      return answer;
    },
    deadlines.write,
  );
}

/** The write on the wire, once; gives any status. */
export function sendPlanned(arm: Arm, { method, resourceId, apiVersion, query, body, over }: PlannedArmWrite): Promise<WireAnswer> {
  const target = `${resourceId}?${new URLSearchParams({ "api-version": apiVersion, ...query })}`;
  if (over === undefined) return sendRaw(arm, method, target, body ?? undefined);
  return sendRaw(arm, method, target, laidOver(over.json, body as Json), { "if-match": over.etag });
}

/**
 * The same as `sendWrite`, for a write whose operation is followed by `Azure-AsyncOperation`. `Location` is left alone: that of an extension leads to the
 * provider's own regional host.
 */
export async function submitWrite(caller: AzureCaller, write: PlannedArmWrite): Promise<AcceptedWrite> {
  const { status, headers } = await sendWrite(caller, write);
  return { status, operationUrl: headers.get("azure-asyncoperation") ?? null };
}
