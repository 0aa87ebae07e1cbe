import { z } from "zod";
import { BinderyError, isBinderyError } from "@/lib/kernel/errors";
import { retryAfterMs } from "./budget";
import type { Cluster } from "./types";

/** An answer of an API server. */
export type KubernetesAnswer = { status: number; headers: Partial<Record<string, string | string[]>>; text: string };

const Status = z.object({ kind: z.literal("Status"), message: z.string().nullish(), reason: z.string().nullish() });

/** Kubernetes' own words of a refusal, and its reason in one word. Empty where the answer has none. */
export function statusOf(answer: KubernetesAnswer): { message: string; reason: string } {
  try {
    const { message, reason } = Status.parse(JSON.parse(answer.text));
    return { message: message?.slice(0, 1000) ?? "", reason: reason ?? "" };
  } catch {
    // What stands before an API server answers in HTML or not at all.
    return { message: "", reason: "" };
  }
}

/** An answer that is no success, as an error of the house with Kubernetes' own words. */
export function kubernetesRefusal(answer: KubernetesAnswer, cluster: Pick<Cluster, "name" | "azureRbac">): BinderyError {
  const { message } = statusOf(answer);
  const [where, said] = [`the API server of ${cluster.name}`, message === "" ? "." : `: ${message}`];
  const { status } = answer;
  if (status === 401)
    return new BinderyError("sign_in_needed", `The API server of ${cluster.name} did not take this person's sign-in${said}`, {
      remedy: "Sign in again. If it stays so, the cluster does not trust this Entra tenant.",
    });
  if (status === 403)
    return new BinderyError("rights_needed", `Kubernetes on ${cluster.name} does not allow it${said}`, { remedy: rightsRemedy(cluster) });
  if (status === 404) return new BinderyError("not_found", `Kubernetes on ${cluster.name} finds nothing there${said}`);
  if (status === 409) return new BinderyError("conflict", `Kubernetes on ${cluster.name} has something in the way${said}`);
  if (status === 429) return overloaded(answer, cluster);
  if (status >= 500 || status === 408)
    return new BinderyError("azure_unavailable", `${upper(where)} had a failure of its own (${status})${said}`, {
      remedy: "Try again in a minute.",
    });
  if (status >= 300 && status < 400)
    return new BinderyError(
      "azure_refused",
      `${upper(where)} answered with a redirect, which Bindery never follows with a person's token.`,
    );
  return new BinderyError("azure_refused", `${upper(where)} refused the call (${status})${said}`);
}

function rightsRemedy({ azureRbac }: Pick<Cluster, "azureRbac">): string {
  return azureRbac
    ? "Ask for an Azure role with Kubernetes data actions on the cluster, such as Azure Kubernetes Service RBAC Reader."
    : "Ask the cluster's owner for a role binding in Kubernetes that allows it.";
}

function overloaded(answer: KubernetesAnswer, { name }: Pick<Cluster, "name">): BinderyError {
  const retryAfterSeconds = Math.max(1, Math.ceil((retryAfterMs([answer.headers["retry-after"]].flat()[0]) ?? 1000) / 1000));
  return new BinderyError("throttled", `The API server of ${name} asks to wait ${retryAfterSeconds} s.`, { retryAfterSeconds });
}

/** A call that got no whole answer, as an error of the house. `stopped`: by the caller, not by the deadline of `seconds`. */
export function kubernetesUnanswered(error: unknown, { name }: Pick<Cluster, "name">, stopped: boolean, seconds: number): BinderyError {
  if (isBinderyError(error)) return error;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  const [what, remedy] = wordsOf(error, code, stopped, seconds);
  return new BinderyError("azure_unavailable", `The API server of ${name} ${what}.`, {
    remedy,
    cause: error instanceof Error ? new Error(`${error.name}: ${error.message}`) : undefined,
  });
}

/** An answer that has not the shape of Kubernetes, as an error of the house. */
export function unknownShape(error: unknown, { name }: Pick<Cluster, "name">): BinderyError {
  return new BinderyError("azure_unavailable", `The API server of ${name} answered in a shape that Bindery does not know.`, {
    remedy: "Try again. If it stays so, the cluster's version of Kubernetes does not fit this version of Bindery.",
    cause: error instanceof Error ? new Error(`${error.name}: ${error.message}`) : undefined,
  });
}

const unreached =
  "Bindery's address must be in the cluster's authorized IP ranges, and a private cluster needs a way into its network. The run command needs neither.";

function wordsOf(error: unknown, code: string, stopped: boolean, seconds: number): [string, string] {
  const name = error instanceof Error ? error.name : "";
  if (name === "AbortError" || name === "TimeoutError")
    return [stopped ? "was not waited for" : `did not answer within ${seconds} s`, stopped ? "Try again." : unreached];
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return ["has a name that could not be resolved", unreached];
  if (/CERT|SELF_SIGNED|SIGNATURE|ISSUER/.test(code))
    return ["shows a certificate that the cluster's own authority did not sign", "Tell your administrator: somebody may stand in between."];
  return [`did not let Bindery connect${code === "" ? "" : ` (${code})`}`, unreached];
}

const upper = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
