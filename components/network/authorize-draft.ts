import { isClusterId } from "@/components/requests/form/draft";
import type { RequestBody } from "@/components/requests/shapes";
import { scopeOf, type scopes } from "./queries";

export type AuthorizeBody = Extract<RequestBody, { kind: "network-authorize" }>;

/** The form of a change of authorized ranges as it is typed. Ranges stand one on a line. */
export type AuthorizeDraft = {
  clusterId: string;
  scope: (typeof scopes)[number];
  addMissing: boolean;
  own: string;
  egress: string;
  /** Entries of Bindery's own to take out. */
  remove: string;
  mergeAdjacent: boolean;
  reason: string;
  ticket: string;
};

/** What a link to the form may fill in. `missing=no`: what Azure ML lacks is not added; `merge=yes`: what is added is written with fewer ranges. */
export const authorizeNames = ["cluster", "scope", "missing", "own", "egress", "remove", "merge", "reason", "ticket"] as const;
export type AuthorizeQuery = Partial<Record<(typeof authorizeNames)[number], string>>;

export function authorizeDraft({ cluster, scope, missing, own, egress, remove, merge, reason, ticket }: AuthorizeQuery): AuthorizeDraft {
  return {
    clusterId: cluster ?? "",
    scope: scopeOf(scope),
    addMissing: missing !== "no",
    own: own ?? "",
    egress: egress ?? "",
    remove: remove ?? "",
    mergeAdjacent: merge === "yes",
    reason: reason ?? "",
    ticket: ticket ?? "",
  };
}

/** Ranges of a text, by lines or commas. */
export const rangesIn = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** The parts that are still needed before a plan can be made, in the words of their labels. */
export function missingOfAuthorize({ clusterId, addMissing, own, egress, remove }: AuthorizeDraft): string[] {
  const changes = addMissing || rangesIn(`${own} ${egress} ${remove}`).length > 0;
  return [...(isClusterId(clusterId) ? [] : ["cluster"]), ...(changes ? [] : ["a range to add or remove"])];
}

type Ranges = "own" | "egress" | "remove";

/** By field of the form, where its ranges stand in the body that is sent, as `extra.0`. */
export function pathsOf({ own, egress, remove }: Pick<AuthorizeDraft, Ranges>): Record<Ranges, string[]> {
  const extra = [...rangesIn(own), ...rangesIn(egress)].map((_, at) => `extra.${at}`);
  const ownCount = rangesIn(own).length;
  return { own: extra.slice(0, ownCount), egress: extra.slice(ownCount), remove: rangesIn(remove).map((_, at) => `remove.${at}`) };
}

/** What is sent. */
export function bodyOfAuthorize(draft: AuthorizeDraft): AuthorizeBody {
  return {
    kind: "network-authorize",
    clusterId: draft.clusterId.trim().replace(/\/$/, ""),
    scope: draft.scope,
    addMissing: draft.addMissing,
    extra: [
      ...rangesIn(draft.own).map((range) => ({ range, for: "own" as const })),
      ...rangesIn(draft.egress).map((range) => ({ range, for: "egress" as const })),
    ],
    remove: rangesIn(draft.remove),
    mergeAdjacent: draft.mergeAdjacent,
    workspaces: [],
    reason: draft.reason,
    ...(draft.ticket.trim() === "" ? {} : { ticket: draft.ticket }),
  };
}

/** Where the form opens filled in with this request. */
export function authorizeLink(body: AuthorizeBody): string {
  const { clusterId, scope, addMissing, extra = [], remove = [], mergeAdjacent, reason, ticket } = body;
  const ranges = (purpose: string): string => extra.flatMap((one) => (one.for === purpose ? [one.range] : [])).join(" ");
  const query: AuthorizeQuery = {
    cluster: clusterId,
    own: ranges("own"),
    egress: [ranges("egress"), ranges("other")].filter(Boolean).join(" "),
    remove: remove.join(" "),
    reason,
    ...(scope === undefined ? {} : { scope }),
    ...(addMissing === false ? { missing: "no" } : {}),
    ...(mergeAdjacent === true ? { merge: "yes" } : {}),
    ...(ticket == null ? {} : { ticket }),
  };
  return `/network/new?${new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""))}`;
}
