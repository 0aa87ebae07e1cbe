import { z } from "zod";
import { retryAfterMs } from "./budget";
import type { WireAnswer } from "./call";
import { refusal } from "./failures";
import { errorOf } from "./observe";
import { callArm, getRaw } from "./pipeline";
import type { AzureCaller, OperationState } from "./types";

const StatusBody = z.object({
  status: z.string().optional(),
  error: z.unknown().optional(),
  properties: z.object({ provisioningState: z.string().optional() }).optional(),
});

/**
 * One look at a long-running operation by the full address that ARM gave, which is used as it is written (it is signed and has its own
 * api-version). A failed operation keeps Azure's code and message; an address that ARM no longer knows is `gone`.
 * Throws like every gateway: `azure_refused` for an address of another host, `azure_unavailable` when there is no answer.
 */
export async function pollOperation(caller: AzureCaller, url: string): Promise<OperationState> {
  return callArm(caller, async (arm) => {
    const answer = await getRaw(arm, url);
    if (answer.status === 404 || answer.status === 410) return { status: "gone", azureStatus: null, error: null, retryAfterSeconds: null };
    if (answer.status >= 400) throw refusal(answer, arm.call);
    return { ...stateOf(answer), ...(answer.text === "" ? {} : { body: answer.text }) };
  });
}

/** The state that an operation's answer tells: the `Azure-AsyncOperation` form with a status, or the `Location` form by HTTP status alone. */
export function stateOf(answer: WireAnswer): OperationState {
  const waitMs = retryAfterMs(answer.headers.get("retry-after"));
  const retryAfterSeconds = waitMs === null ? null : Math.ceil(waitMs / 1000);
  const body = answer.text === "" ? {} : StatusBody.parse(JSON.parse(answer.text));
  const azureStatus = body.status ?? body.properties?.provisioningState ?? null;
  if (azureStatus === null) return { status: answer.status === 202 ? "running" : "succeeded", azureStatus, error: null, retryAfterSeconds };
  const status = wordOf(azureStatus);
  if (status !== "failed" && status !== "canceled") return { status, azureStatus, error: null, retryAfterSeconds };
  const error = errorOf(body.error);
  const inner = error?.details[0];
  const message = [error?.message ?? "", inner !== undefined && inner.message !== error?.message ? inner.message : ""]
    .filter((part) => part !== "")
    .join(" ");
  return {
    status,
    azureStatus,
    retryAfterSeconds,
    error: {
      code: error?.code ?? azureStatus,
      message: message === "" ? `Azure ended the operation as ${azureStatus} and gave no reason.` : message,
    },
  };
}

/** ARM's terminal words are Succeeded, Failed and Canceled; anything else means that it goes on. */
function wordOf(azureStatus: string): OperationState["status"] {
  switch (azureStatus.toLowerCase()) {
    case "succeeded":
      return "succeeded";
    case "failed":
      return "failed";
    case "canceled":
    case "cancelled":
      return "canceled";
    default:
      return "running";
  }
}
