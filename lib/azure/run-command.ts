import { z } from "zod";
import { retryAfterMs } from "./budget";
import { deadlines, type WireAnswer, within } from "./call";
import { cloud } from "./cloud";
import { apiVersions, namespaceCommandBody, runCommandPathOf } from "./deployment-calls";
import { assertArmAddress } from "./egress";
import { refusal } from "./failures";
import { callArm, getRaw, sendRaw } from "./pipeline";
import { type ReadCommand, textOf } from "./read-commands";
import { type AcceptedWrite, clusterPartsOf } from "./trusted-access";
import type { AzureCaller, Cluster } from "./types";

/**
 * What became of a command. `not-started`: its pod did not run, and Azure says why (`ImagePullBackoff`). `gone`: Azure knows it no more.
 * `logs` holds both outputs, and is cut at 512 kB.
 */
export type CommandResult =
  | { state: "running"; retryAfterSeconds: number | null }
  | { state: "not-started"; reason: string }
  | { state: "ended"; exitCode: number; logs: string; finishedAt: string | null }
  | { state: "gone" };

/**
 * Starts one of the fixed read commands in a pod of the cluster's own, as the person. Gives the address of its result, which takes about half a
 * minute. Sent once: each start is a pod. Throws like every gateway.
 */
export async function startReadCommand(caller: AzureCaller, cluster: Cluster, command: ReadCommand): Promise<{ resultUrl: string }> {
  const { operationUrl } = await start(caller, cluster, { command: textOf(command) });
  return { resultUrl: operationUrl };
}

/**
 * Starts the command that makes a namespace; its result says what came of it. The caller must carry this very write as `plannedWrite`, whose body
 * has no `clusterToken`. Otherwise like `startReadCommand`.
 */
export async function startNamespaceCommand(caller: AzureCaller, cluster: Cluster, name: string): Promise<AcceptedWrite> {
  return start(caller, cluster, namespaceCommandBody(name));
}

async function start(caller: AzureCaller, cluster: Cluster, body: { command: string }): Promise<{ status: number; operationUrl: string }> {
  clusterPartsOf(cluster.id);
  return callArm(
    caller,
    async (arm) => {
      // Without the person's own token the command would be nobody's, or the cluster administrator's.
      const clusterToken = cluster.entraManaged
        ? (await within(arm.call, caller.getToken(`${cloud().kubernetesAudience}/.default`))).token
        : null;
      const target = `${runCommandPathOf(cluster.id)}?api-version=${apiVersions.managedClusters}`;
      const answer = await sendRaw(arm, "POST", target, clusterToken === null ? body : { ...body, clusterToken });
      if (answer.status >= 400) throw refusal(withoutToken(answer, clusterToken), arm.call);
      const operationUrl = answer.headers.get("location") ?? "";
      assertArmAddress(operationUrl, arm.options.endpoint);
      return { status: answer.status, operationUrl };
    },
    deadlines.write,
  );
}

/** A refusal that repeats what was sent does not carry the token on. */
function withoutToken(answer: WireAnswer, token: string | null): WireAnswer {
  return token === null ? answer : { ...answer, text: answer.text.replaceAll(token, "(token)") };
}

const text = z.string().nullish();
const ArmResult = z.object({
  properties: z.object({ provisioningState: text, exitCode: z.number().nullish(), finishedAt: text, logs: text, reason: text }).nullish(),
});

/**
 * One look at the result of a command, by the address that its start gave, used as ARM wrote it. Throws like every gateway: `azure_refused` for an
 * address of another host.
 */
export async function readCommandResult(caller: AzureCaller, resultUrl: string): Promise<CommandResult> {
  return callArm(caller, async (arm) => {
    const answer = await getRaw(arm, resultUrl);
    if (answer.status === 404 || answer.status === 410) return { state: "gone" };
    if (answer.status >= 400) throw refusal(answer, arm.call);
    return answer.status === 200 ? resultOf(answer) : running(answer);
  });
}

/** Azure writes its states in either case (Azure/azure-powershell, Aks.Autorest recordings, against the examples of its specification). */
function resultOf(answer: WireAnswer): CommandResult {
  const { provisioningState, exitCode, finishedAt, logs, reason } = ArmResult.parse(JSON.parse(answer.text)).properties ?? {};
  if (exitCode != null) return { state: "ended", exitCode, logs: logs ?? "", finishedAt: finishedAt ?? null };
  if (/^(failed|canceled|succeeded)$/i.test(provisioningState ?? ""))
    return { state: "not-started", reason: reason ?? "Azure gave no reason." };
  return running(answer);
}

function running(answer: WireAnswer): CommandResult {
  const waitMs = retryAfterMs(answer.headers.get("retry-after"));
  return { state: "running", retryAfterSeconds: waitMs === null ? null : Math.ceil(waitMs / 1000) };
}
