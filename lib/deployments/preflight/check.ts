import type { Cluster, Readable } from "@/lib/azure/types";
import type { DeploymentFacts } from "./facts";
import type { DeploymentInput } from "./input";

/** What a check belongs to, in the order of the page. */
export const preflightGroups = [
  "cluster",
  "subscription",
  "extension",
  "settings",
  "capacity",
  "conflicts",
  "network",
  "locks",
  "workspace",
  "binding",
  "attach",
  "rights",
] as const;
export type PreflightGroup = (typeof preflightGroups)[number];

/** One thing that was looked at before anything is done. Something that could not be read is `not-verified`, never `ok`. */
export type PreflightCheck = {
  /** Stable and unique among the checks of one request. */
  key: string;
  group: PreflightGroup;
  status: "ok" | "warning" | "blocking" | "not-verified";
  title: string;
  message: string;
  remedy?: string;
  /** Path of the form's field that it belongs to: `clusterId`, `workspace`, `extension.settings.KEY`, `compute.name` … */
  field?: string;
};

/** What every check looks at. */
export type Look = { input: DeploymentInput; facts: DeploymentFacts };
/** A group of checks. */
export type Check = (look: Look) => PreflightCheck[];

/** What a check is about: the same for every outcome. */
export type About = Pick<PreflightCheck, "key" | "group" | "title" | "field">;

export const ok = (about: About, message: string): PreflightCheck => ({ ...about, status: "ok", message });
export const warn = (about: About, message: string, remedy: string): PreflightCheck => ({ ...about, status: "warning", message, remedy });
export const block = (about: About, message: string, remedy: string): PreflightCheck => ({ ...about, status: "blocking", message, remedy });
export const notVerified = (
  about: About,
  message: string,
  remedy = "It is looked at again when the run starts, with the token of whoever executes.",
): PreflightCheck => ({ ...about, status: "not-verified", message, remedy });

/** The cluster, when it was readable. */
export function clusterOf({ cluster }: Pick<DeploymentFacts, "cluster">): Cluster | null {
  return cluster.state === "ok" ? cluster.value : null;
}

/** Why a read gave nothing, as the end of a sentence. */
export function whyUnread(read: Exclude<Readable<unknown>, { state: "ok" }>): string {
  if (read.state === "no-permission") return "with your Azure rights";
  if (read.state === "sign-in") return "until you sign in again";
  if (read.state === "absent") return "because it is not there";
  return "because Azure did not answer";
}
