import type { Cluster } from "@/lib/azure/types";
import type { Precondition } from "@/lib/plans/plan";
import type { Verdict } from "@/lib/policies/evaluate";
import type { BindingFacts } from "../facts";
import type { Intent } from "../intent";

/** What every check looks at. */
export type CheckInput = {
  intent: Intent;
  facts: BindingFacts;
  /** null: the cluster, and with it the policy's view, is not known. */
  verdict: Verdict | null;
  /** Name of the cloud's configuration. */
  cloud: string;
  tenantId: string;
};

/** A group of checks: one list of findings, in the order in which a person would look. */
export type Check = (input: CheckInput) => Precondition[];

type Field = "clusterId" | "name" | "sourceResourceId" | "roles" | "hours" | "reason" | "ticket";
type Words = { key: string; label: string; field: Field };

export const ok = (words: Words, message: string): Precondition => ({ ...words, status: "ok", message });
export const warn = (words: Words, message: string, remedy: string): Precondition => ({ ...words, status: "warning", message, remedy });
export const block = (words: Words, message: string, remedy: string): Precondition => ({ ...words, status: "blocking", message, remedy });
/** Something that could not be read is never taken for fine. */
export const notVerified = (
  words: Words,
  message: string,
  remedy = "An approver with the right to read it will see it checked again before anything is written.",
): Precondition => ({
  ...words,
  status: "not-verified",
  message,
  remedy,
});

/** The cluster, when it was readable. */
export function clusterOf(facts: BindingFacts): Cluster | null {
  return facts.cluster.state === "ok" ? facts.cluster.value : null;
}

/** Why a read gave nothing, as the end of a sentence. */
export function whyUnread(read: { state: string; message?: string }): string {
  if (read.state === "no-permission") return "with your Azure rights";
  if (read.state === "sign-in") return "until you sign in again";
  return "because Azure did not answer";
}
