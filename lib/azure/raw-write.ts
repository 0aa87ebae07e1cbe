import { deadlines, type WireAnswer } from "./call";
import { refusal } from "./failures";
import { callArm, sendRaw } from "./pipeline";
import type { AcceptedWrite } from "./trusted-access";
import type { AzureCaller, PlannedArmWrite } from "./types";

/**
 * Sends a write as raw JSON and gives ARM's answer as soon as ARM took it. The caller must carry this very write as `plannedWrite`. It is sent
 * once: an answer that never came is `azure_unavailable`, and what happened must be read back. Throws like every gateway.
 */
export async function sendWrite(caller: AzureCaller, write: PlannedArmWrite): Promise<WireAnswer> {
  const query = new URLSearchParams({ "api-version": write.apiVersion, ...write.query });
  return callArm(
    caller,
    async (arm) => {
      const answer = await sendRaw(arm, write.method, `${write.resourceId}?${query}`, write.body ?? undefined);
      if (answer.status >= 400) throw refusal(answer, arm.call);
      return answer;
    },
    deadlines.write,
  );
}

/**
 * The same, for a write whose operation is followed by `Azure-AsyncOperation`. `Location` is left alone: that of an extension leads to the
 * provider's own regional host.
 */
export async function submitWrite(caller: AzureCaller, write: PlannedArmWrite): Promise<AcceptedWrite> {
  const { status, headers } = await sendWrite(caller, write);
  return { status, operationUrl: headers.get("azure-asyncoperation") ?? null };
}
