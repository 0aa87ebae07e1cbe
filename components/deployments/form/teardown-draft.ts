import { isArmId, isClusterId } from "@/components/requests/form/draft";
import type { LinkQuery, TeardownBody } from "../link";

/** The form of a teardown as it is typed. */
export type TeardownDraft = {
  clusterId: string;
  workspaceId: string;
  /** Every compute of the workspace on the cluster, or those that are chosen. */
  all: boolean;
  computes: string[];
  deletesExtension: boolean;
  reason: string;
  ticket: string;
};

/** The draft that a link asks for. Unless it says so, the extension stays: others may use it. */
export function teardownDraft({ cluster, workspace, computes, extension, reason, ticket }: LinkQuery): TeardownDraft {
  const chosen = (computes ?? "all") === "all" ? [] : (computes ?? "").split(",").filter(Boolean);
  return {
    clusterId: cluster ?? "",
    workspaceId: workspace ?? "",
    all: chosen.length === 0,
    computes: chosen,
    deletesExtension: extension === "delete",
    reason: reason ?? "",
    ticket: ticket ?? "",
  };
}

/** The parts that are still needed before a plan can be made, in the words of their labels. */
export function missingOfTeardown({ clusterId, workspaceId, all, computes, deletesExtension }: TeardownDraft): string[] {
  const needed: [string, boolean][] = [
    ["cluster", isClusterId(clusterId)],
    ["workspace, or that the extension is deleted", isArmId(workspaceId) || (deletesExtension && workspaceId.trim() === "")],
    ["computes", all || computes.length > 0],
  ];
  return needed.flatMap(([words, given]) => (given ? [] : [words]));
}

/** What is sent. */
export function bodyOfTeardown(draft: TeardownDraft): TeardownBody {
  return {
    kind: "ml-teardown",
    clusterId: draft.clusterId.trim().replace(/\/$/, ""),
    workspaceId: draft.workspaceId.trim() || null,
    computes: draft.all ? "all" : draft.computes,
    extension: draft.deletesExtension ? "delete" : "keep",
    reason: draft.reason,
    ...(draft.ticket.trim() === "" ? {} : { ticket: draft.ticket }),
  };
}
