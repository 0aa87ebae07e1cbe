import { azuremlNamespace, putNamespace } from "../kubernetes/objects";
import type { Extension } from "../state/extension-shapes";
import type { ArmResource, OperationOutcome } from "../state/shapes";
import type { World } from "../world";
import type { Course } from "./extension-health";
import * as words from "./extension-messages";
import { after, Stages } from "./extension-stages";

/** How an operation ends, unless a fault says otherwise. `at` null: never. */
export type End = { at: number | null; outcome: OperationOutcome };

/** What a fault makes of a rollout: it never ends, or ends as told, or its health check finds something. */
export type Forced = { hangs: boolean; outcome: OperationOutcome | undefined; health: { code: string; message: string } | undefined };

/**
 * Writes what the cluster will hold from now on because of an installation or update that takes this course, and says how it ends.
 * One that hangs stops where pods would begin to run, and never ends. A failed installation takes its pods with it when it ends.
 */
export function roll(world: World, cluster: ArmResource, extension: Extension, foreseen: Course, forced: Forced): End {
  const { hangs, health } = forced;
  const course: Course = health !== undefined && isCritical(health.code) ? { kind: "unhealthy", ...health } : foreseen;
  const now = world.clock.now();
  const moment = (ms: number) => now + world.clock.scaled(ms);
  const doing = extension.released === null ? "Create" : "Update";
  const fails = (at: number, innermost: string): End => ({
    at: hangs ? null : moment(at),
    outcome: { status: "Failed", code: "ExtensionOperationFailed", message: words.operationMessage(innermost, doing) },
  });
  const taken = doing === "Create" ? words.uninstalled : words.rolledBack;
  if (course.kind === "unasked")
    return {
      at: moment(after.refused),
      outcome: { status: "Failed", code: "ExtensionOperationFailed", message: words.requestMessage(course.reason) },
    };
  if (course.kind === "blocked") return fails(after.refused, `release ${extension.name} failed: ${course.reason}`);
  putNamespace(world, cluster.id, azuremlNamespace, moment(after.namespace));
  const stages = new Stages(world, cluster, extension, moment);
  if (course.kind === "unhealthy") {
    stages.check(reportLine(course), "badly", hangs ? null : after.unhealthy);
    return fails(
      after.unhealthy,
      taken(extension.name, `failed ${doing === "Create" ? "pre-install" : "pre-upgrade"}: pod healthcheck failed`),
    );
  }
  const failsAsTold = forced.outcome !== undefined && forced.outcome.status !== "Succeeded";
  const takenAway = { webhook: after.webhook, pending: after.timedOut, well: failsAsTold ? after.done : null }[course.kind];
  stages.check(health === undefined ? allWell : reportLine(health), "well", hangs ? null : takenAway);
  if (course.kind === "webhook") return fails(after.webhook, taken(extension.name, course.reason));
  if (course.kind === "pending") {
    stages.pods(course.pods, hangs, hangs ? null : takenAway);
    stages.report(
      "reports-test",
      "Status: Failed Name: azureml-fe-scale-up ErrorCode: E40005 ErrorMessage: AZUREML_FE_SCALE_UP_TIMEOUT",
      after.timedOut - 60_000,
    );
    return fails(after.timedOut, taken(extension.name, "timed out waiting for the condition"));
  }
  stages.pods([], hangs, hangs ? null : takenAway);
  if (!failsAsTold) stages.release();
  return { at: hangs ? null : moment(after.done), outcome: { status: "Succeeded" } };
}

/** Codes below E45000 stop an installation; those above are findings (AML-Kubernetes, docs/troubleshooting.md). */
function isCritical(code: string): boolean {
  return Number(code.slice(1)) < 45_000;
}

const allWell = "Status: Succeeded Name: all ErrorCode: ErrorMessage:";

function reportLine({ code, message }: { code: string; message: string }): string {
  return `Status: Failed Name: ${checkerOf(code)} ErrorCode: ${code} ErrorMessage: ${message}`;
}

/** Which checker of the health check reports a code; the names are not documented. */
function checkerOf(code: string): string {
  return { E40001: "load-balancer", E40002: "node-count", E40003: "internal-load-balancer", E40007: "ssl" }[code] ?? "settings";
}
