import type { RiskReason } from "@/lib/roles/risk";
import { addressSet, holds, sizeOfSet, touches } from "../address-set";
import { type Cidr, readCidr } from "../cidr";
import type { Coverage } from "../coverage";
import type { RangePlan } from "../plan-ranges";
import { entryKey } from "./same-list";

/**
 * A list that is planned, with its coverage before and after, and the addresses that the requester says are their own. `ofPeople`: prefixes of
 * entries that Bindery added for people or nodes, and not for Azure ML.
 */
export type Planned = {
  plan: RangePlan;
  before: Coverage;
  after: Coverage;
  own: readonly string[];
  ofPeople: readonly string[];
  /** What Azure ML calls from for the workspaces' regions and their pairs, whatever was asked for, and whether all workspaces could be read. */
  needed: readonly Cidr[];
  allWorkspacesRead: boolean;
  clusterName: string;
};

/** Fewer leading bits than these make a range so wide that it hardly restricts: more than 65,536 addresses, and more than 256. */
const veryWide = 16;
const wide = 24;

/** What is dangerous about a list, the worst first; none where nothing is. */
export function listRisks(planned: Planned): RiskReason[] {
  const found = [
    ...ofRestriction(planned),
    ...ofNodes(planned),
    ...ofOwn(planned),
    ...ofWide(planned),
    ...ofRemoval(planned),
    ...ofTags(planned),
    ...ofNew(planned),
  ];
  return [...found.filter(({ level }) => level === "critical"), ...found.filter(({ level }) => level !== "critical")];
}

/** Who or what may be locked out, as sentences. */
export const lockOutOf = (planned: Planned): string[] =>
  [...ofRestriction(planned), ...ofNodes(planned), ...ofOwn(planned), ...ofRemoval(planned)].map(({ text }) => text);

function ofRestriction({ plan, clusterName }: Planned): RiskReason[] {
  if (!plan.turnsOnRestriction) return [];
  return [
    {
      level: "critical",
      code: "first-restriction",
      text: `The API server of ${clusterName} is open to every address now. Whoever calls it from an address that is not in the list loses it: people, pipelines, monitoring, Azure's own pages of its resources, and Bindery itself.`,
    },
  ];
}

/** Nodes that cannot reach their API server become NotReady. */
function ofNodes({ before, after }: Planned): RiskReason[] {
  const worse = after.egress.state !== before.egress.state || after.egress.absent.length > before.egress.absent.length;
  if (after.egress.state === "absent")
    return worse
      ? [{ level: "critical", code: "egress-absent", text: after.egress.sentence }]
      : [{ level: "medium", code: "egress-absent", text: `It is so already, and stays: ${after.egress.sentence}` }];
  if (after.egress.state === "unknown" && worse) return [{ level: "critical", code: "egress-unknown", text: after.egress.sentence }];
  return [];
}

/** Bindery cannot know from where a person's calls come: behind a proxy it sees another address. */
function ofOwn({ plan, own, after }: Planned): RiskReason[] {
  const letIn = setOf(after.entries.flatMap(({ prefix }) => prefix ?? []));
  const absent = own.filter((text) => cidrsOf([text]).some((cidr) => !holds(letIn, cidr)));
  if (absent.length > 0)
    return [
      {
        level: "critical",
        code: "own-address-absent",
        text: `The list does not let in ${absent.join(", ")}, which the requester calls from.`,
      },
    ];
  if (!plan.turnsOnRestriction || own.length > 0) return [];
  return [
    {
      level: "critical",
      code: "own-address-not-given",
      text: "The request names no address that its people call from: if none of the entries holds it, they cannot reach the API server any more.",
    },
  ];
}

function ofWide(planned: Planned): RiskReason[] {
  const single = ofWideRanges(planned);
  if (single.some(({ level }) => level === "critical")) return single;
  // Many ranges let in as much as a wide one.
  const ofTheTags = addressSet(planned.before.required.ranges.map(({ cidr }) => cidr));
  const beside = addressSet(cidrsOf(planned.plan.added).filter((cidr) => !holds(ofTheTags, cidr)));
  if (sizeOfSet(beside) <= 2 ** (32 - veryWide)) return single;
  const size = sizeOfSet(beside).toLocaleString("en");
  return [
    { level: "critical", code: "wide-ranges", text: `The ranges beside those of Azure ML let in ${size} addresses together.` },
    ...single,
  ];
}

function ofWideRanges({ plan }: Planned): RiskReason[] {
  return plan.added.flatMap((text): RiskReason[] => {
    const [cidr] = cidrsOf([text]);
    if (cidr === undefined || cidr.bits >= wide) return [];
    const size = sizeOfSet(addressSet([cidr])).toLocaleString("en");
    return [
      { level: cidr.bits < veryWide ? "critical" : "medium", code: `wide-range:${text}`, text: `${text} lets in ${size} addresses.` },
    ];
  });
}

/** An entry that somebody asked for beside the ranges of Azure ML is what a person, a pipeline or a node calls from. */
function ofRemoval({ plan, ofPeople, needed: wanted, allWorkspacesRead }: Planned): RiskReason[] {
  if (plan.removed.length === 0) return [];
  const people = plan.removed.filter((raw) => ofPeople.includes(entryKey(raw)));
  const required = addressSet(wanted);
  const isBlind = people.length < plan.removed.length && !allWorkspacesRead;
  const needed = plan.removed.filter((text) => cidrsOf([text]).some((cidr) => touches(required, cidr)));
  return [
    {
      level: people.length === 0 && needed.length === 0 && !isBlind ? "medium" : "critical",
      code: "removal",
      text: [
        `Whoever calls from ${plan.removed.join(", ")} is locked out.`,
        ...(people.length === 0 ? [] : [`${people.join(", ")} was let in for people or nodes, by a request of its own.`]),
        ...(needed.length === 0 ? [] : [`Azure ML calls from ${needed.join(", ")} as well.`]),
        ...(isBlind ? ["Which workspaces use the cluster could not all be read: one of them may need these ranges."] : []),
      ].join(" "),
    },
  ];
}

function ofTags({ plan, before }: Planned): RiskReason[] {
  if (plan.added.length === 0 || plan.turnsOnRestriction) return [];
  const added = setOf(plan.added);
  const isAzure = before.ranges.some(({ cidr }) => cidr.family === 4 && touches(added, cidr));
  const text = `${sizeOfSet(added).toLocaleString("en")} addresses more may call the API server, which still asks each for a sign-in.`;
  return [
    {
      level: "medium",
      code: "opens-addresses",
      text: isAzure ? `${text} Those of Azure ML serve all of Azure's customers.` : text,
    },
  ];
}

/** What came with the service tags within the last week: Azure does not use it yet, so that there is time to ask whether it is meant. */
function ofNew({ plan, before }: Planned): RiskReason[] {
  const added = setOf(plan.added);
  const fresh = before.ranges.filter((range) => range.cidr.family === 4 && range.notInUseBefore !== null && touches(added, range.cidr));
  if (fresh.length === 0) return [];
  const latest = fresh.map(({ notInUseBefore }) => notInUseBefore ?? "").reduce((a, b) => (a > b ? a : b));
  return [
    {
      level: "medium",
      code: "new-ranges",
      text: `${fresh.map(({ prefix }) => prefix).join(", ")} came with the service tags within the last 7 days. Azure does not use ${fresh.length === 1 ? "it" : "them"} before ${latest.slice(0, 10)}: look whether Microsoft published ${fresh.length === 1 ? "it" : "them"}.`,
    },
  ];
}

const setOf = (texts: readonly string[]) => addressSet(cidrsOf(texts));

function cidrsOf(texts: readonly string[]): Cidr[] {
  return texts.flatMap((text) => {
    const reading = readCidr(text, { bareAddress: true });
    return "cidr" in reading ? [reading.cidr] : [];
  });
}
