import { planList } from "@/lib/network/authorize/change";
import type { ListFacts } from "@/lib/network/authorize/facts";
import type { GatheredList } from "@/lib/network/authorize/gather";
import { entryKey, sameList } from "@/lib/network/authorize/same-list";
import { isOfWithdrawn } from "@/lib/network/authorize/tags-in-use";
import { addressSet, touches } from "@/lib/network/address-set";
import { readCidr } from "@/lib/network/cidr";
import { requiredRanges } from "@/lib/network/required";
import type { DeploymentPlan, NetworkChange } from "@/lib/plans/plan";
import type { RiskReason } from "@/lib/roles/risk";

/** What of a list a teardown may take back, as one person's token could read it. */
export type TeardownList = GatheredList & {
  /** The other workspaces of the cluster, and what of them could not be read. */
  others: Pick<ListFacts, "workspaces" | "unreadWorkspaces">;
  /** ARM location of the workspace that leaves; null: not known. */
  region: string | null;
};

/** What becomes of the list, and what stays of it and why, as sentences. */
export type TeardownNetwork = { change: NetworkChange | null; stays: string[] };

const scope = "region-and-pair";

/**
 * The ranges of service tags that Bindery added for the regions of this workspace, and that no other workspace of the cluster needs which the planner
 * sees: that there may be others is a critical risk of the plan. Ranges that somebody asked for beside them stay, and so
 * does everything while it is not known what others need; a list is never emptied. Held against an approved plan, its own as long as
 * the list is the same, the service tags that it rests on count, and no workspace needs what it takes.
 */
export function teardownNetwork(facts: TeardownList | undefined, baseline: DeploymentPlan | undefined): TeardownNetwork {
  const { network: approved = null } = baseline ?? {};
  const read = facts?.list.state === "ok" ? facts.list.value : null;
  if (baseline !== undefined && (approved === null || read === null)) return { change: approved, stays: [] };
  if (facts === undefined || read === null) return nothing;
  if (approved !== null && sameList(approved.list.before, read.live.ranges) && stands(approved, facts))
    return { change: approved, stays: [] };
  const { live } = read;
  const own = new Set(facts.ledger.filter(({ purpose }) => purpose === "azure-ml").map(({ prefix }) => prefix));
  const added = live.ranges.filter((raw) => own.has(entryKey(raw)));
  if (added.length === 0) return nothing;
  if (facts.others.unreadWorkspaces.length > 0)
    return stay("Ranges that were added for Azure ML: whether other workspaces need them is not known.");
  const remove = added.filter((raw) => isOnlyOfThis(raw, facts));
  if (remove.length === 0)
    return stay(
      facts.others.workspaces.length === 0
        ? "Ranges that were added for Azure ML: they are not known to be of this workspace's region."
        : "Ranges that were added for Azure ML: other workspaces of the cluster need them.",
    );
  const planned = planList({ ...facts, ...facts.others }, read, { scope, addMissing: false, remove });
  if (planned.change === null) return stay(`Ranges that were added for Azure ML. ${planned.refusals.map(({ text }) => text).join(" ")}`);
  const tags = facts.tags.state === "ok" ? facts.tags.value.snapshot : null;
  return { change: { ...planned.change, tags, risks: [unseen, ...planned.change.risks] }, stays: [] };
}

/** An approved removal stands until the service tags that it rests on are withdrawn, or a workspace that came since needs what it takes. */
const stands = (approved: NetworkChange, facts: TeardownList): boolean =>
  !isOfWithdrawn(approved, facts.tags) && !approved.list.removed.some((raw) => isNeededByOthers(raw, facts));

/** Azure lists to a person the workspaces that the person may read, and none but those with a role binding is known of otherwise. */
const unseen: RiskReason = {
  level: "critical",
  code: "unseen-workspaces",
  text: "Ranges go that no other workspace needs as far as whoever planned can see. A workspace on this cluster that has no role binding and that this person may not read would lose its way to the API server.",
};

const nothing: TeardownNetwork = { change: null, stays: [] };
const stay = (sentence: string): TeardownNetwork => ({ change: null, stays: [sentence] });

/** A range of the leaving workspace's regions that those of the others do not have. */
const isOnlyOfThis = (raw: string, facts: TeardownList): boolean =>
  facts.region !== null && isOf([facts.region], raw, facts) && !isNeededByOthers(raw, facts);

const isNeededByOthers = (raw: string, facts: TeardownList): boolean =>
  isOf(
    facts.others.workspaces.map(({ region }) => region),
    raw,
    facts,
  );

/** Whether Azure ML calls from a range for these regions, as far as the service tags and the pairs are known. */
function isOf(regions: string[], raw: string, { tags, pairs }: TeardownList): boolean {
  if (tags.state !== "ok" || pairs.state !== "ok") return false;
  const reading = readCidr(raw, { bareAddress: true });
  const known = { regional: tags.value.regional, global: tags.value.global, pairs: pairs.value };
  return "cidr" in reading && touches(addressSet(requiredRanges(regions, scope, known).ranges.map(({ cidr }) => cidr)), reading.cidr);
}
