import { applyFix, type Change } from "../settings/finding";
import type { ExtensionInput } from "../settings/input";

/** Where words of a failure come from. The same code means other things in other places: E45004 of a job is not that of the health check. */
export type Source = "extension" | "health-report" | "compute" | "job" | "arm" | "kubernetes";

/**
 * A change of the request with which another try may succeed. `settings`: of the extension; `drop-version`: let Azure choose the version;
 * `register-providers`: a new plan registers them; `grant-binding`: a role binding by the plan, before the attach.
 */
export type PlanChange =
  | { do: "settings"; label: string; changes: Change[] }
  | { do: "drop-version"; label: string }
  | { do: "register-providers"; label: string; namespaces: string[] }
  | { do: "grant-binding"; label: string; role: string };

/**
 * What sense another try makes: the same once more, after the request is changed, after somebody changed something outside of it, or none.
 */
export type Retry = "as-is" | "after-change" | "after-outside-fix" | "no";

/** What a failure means and what to do. */
export type Diagnosis = {
  /** Stable, for programs. */
  id: string;
  title: string;
  cause: string;
  remedy: string;
  /** The words in which it was recognised, at most 300 characters, without anything that looks like a secret. */
  evidence: string;
  change?: PlanChange;
  /** How long to wait before another try. */
  wait?: { minutes: number };
  retry: Retry;
};

/** The extension's input with a change applied. Gives a new one; changes that are not about the extension leave it as it is. */
export function applyPlanChange(input: ExtensionInput, change: PlanChange): ExtensionInput {
  if (change.do === "settings") return applyFix(input, change);
  if (change.do !== "drop-version") return input;
  const { version: _version, ...rest } = input;
  return { ...rest, autoUpgrade: true };
}
