import { armNames } from "@/components/ui/arm-names";
import { resourceIdPattern } from "@/lib/kernel/id-pattern";
import type { BindingKind } from "@/lib/plans/plan";
import { bindingKinds } from "@/lib/plans/plan";
import type { RequestBody } from "../shapes";

/** The form as it is typed. Texts are kept as typed; the server judges them. */
export type Draft = {
  kind: BindingKind;
  clusterId: string;
  sourceResourceId: string;
  roles: string[];
  name: string;
  /** The last name that the server suggested and the form took. */
  suggestedName: string;
  timed: boolean;
  hours: string;
  reason: string;
  ticket: string;
};

/** What a link to the form may fill in: `roles` are full names with commas between, `hours` a number or `standing`. */
export const prefillNames = ["kind", "cluster", "name", "source", "roles", "hours", "reason", "ticket"] as const;
export type Prefill = Partial<Record<(typeof prefillNames)[number], string | undefined>>;

export const emptyDraft = (prefill: Prefill): Draft => ({
  kind: bindingKinds.find((kind) => kind === prefill.kind) ?? "binding-grant",
  clusterId: prefill.cluster ?? "",
  sourceResourceId: prefill.source ?? "",
  roles: prefill.roles?.split(",") ?? [],
  name: prefill.name ?? "",
  suggestedName: "",
  timed: prefill.hours !== "standing",
  hours: prefill.hours === undefined || prefill.hours === "standing" ? "8" : prefill.hours,
  reason: prefill.reason ?? "",
  ticket: prefill.ticket ?? "",
});

const clusterId =
  /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]{1,90}\/providers\/Microsoft\.ContainerService\/managedClusters\/[A-Za-z0-9][-_A-Za-z0-9]{0,62}\/?$/i;

/** True for text that has the form of a cluster's ARM id. The server checks it again. */
export const isClusterId = (text: string): boolean => clusterId.test(text.trim());

/** What is wrong with text in the cluster's field that is neither a name to search for nor a cluster's ARM id. */
export function clusterTextError(text: string): string | undefined {
  if (!text.includes("/") || isClusterId(text)) return undefined;
  return "This is no ARM id of an AKS cluster: /subscriptions/…/resourceGroups/…/providers/Microsoft.ContainerService/managedClusters/NAME.";
}

/** True for text that has the form of a resource's ARM id. */
export const isArmId = (text: string): boolean => resourceIdPattern.test(text.trim());

/** What is wrong with text in a field for a resource that is neither a name to search for nor an ARM id. */
export function armIdTextError(text: string): string | undefined {
  if (!text.includes("/") || isArmId(text)) return undefined;
  return "This is no ARM id of a resource: /subscriptions/…/resourceGroups/…/providers/TYPE/NAME.";
}

/**
 * How long a change of a binding gives it, in the form's fields, so that it stays as it is where nobody says otherwise: standing, or the hours
 * that are left until `remindAt` (ISO 8601), rounded up. One whose time is over gets the usual hours. `nowMs` is epoch time.
 */
export function durationOf(remindAt: string | null, nowMs: number): Pick<Draft, "timed" | "hours"> {
  const { timed, hours } = emptyDraft({});
  if (remindAt === null) return { timed: false, hours };
  const left = Math.ceil((Date.parse(remindAt) - nowMs) / 3_600_000);
  return { timed, hours: left > 0 ? String(left) : hours };
}

/** The parts that are still needed before a plan can be made, in the words of their labels, in the order of the form. */
export function missingParts(draft: Draft): string[] {
  const missing: string[] = [];
  if (!isClusterId(draft.clusterId)) missing.push("cluster");
  if (draft.kind !== "binding-revoke" && !isArmId(draft.sourceResourceId)) missing.push("source");
  if (draft.kind !== "binding-revoke" && draft.roles.length === 0) missing.push("trusted access roles");
  if (draft.kind !== "binding-grant" && draft.name.trim() === "") missing.push("binding");
  return missing;
}

/** What is sent. A grant without a name yet is checked under `provisionalName`, so that the server can suggest one. */
export function bodyOf(draft: Draft): RequestBody {
  const common = {
    clusterId: draft.clusterId.trim().replace(/\/$/, ""),
    name: draft.name.trim() || provisionalName(draft),
    reason: draft.reason,
    ...(draft.ticket.trim() === "" ? {} : { ticket: draft.ticket }),
  };
  if (draft.kind === "binding-revoke") return { kind: draft.kind, ...common };
  const hours = draft.timed ? draft.hours : null;
  return { kind: draft.kind, ...common, sourceResourceId: draft.sourceResourceId.trim(), roles: draft.roles, hours };
}

function provisionalName(draft: Draft): string {
  return (
    armNames(draft.sourceResourceId)
      .name.replace(/[^A-Za-z0-9-]+/g, "-")
      .slice(0, 24) || "binding"
  );
}
