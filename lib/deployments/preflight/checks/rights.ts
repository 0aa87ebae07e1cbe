import { allows } from "@/lib/azure/actions";
import { listText } from "@/lib/bindings/source-words";
import { type About, type Check, notVerified, ok, type PreflightCheck, warn } from "../check";
import type { ActingPerson } from "../facts";
import { type NeededRight, neededRights } from "../rights";

const words = {
  cluster: "on the cluster",
  workspace: "on the workspace",
  resourceGroup: "on the workspace's resource group",
  subscription: "on the subscription",
} as const;

/** The rights of each step and who of the acting persons holds them: a hint, not a promise. Azure itself decides at each call. */
export const checkRights: Check = ({ input, facts }) => {
  const needed = neededRights(input, facts);
  const steps = [...new Set(needed.map(({ step }) => step))];
  return steps.map((step) =>
    ofStep(
      step,
      needed.filter((one) => one.step === step),
      facts.people,
    ),
  );
};

function ofStep(step: string, needed: NeededRight[], people: readonly ActingPerson[]): PreflightCheck {
  const about: About = {
    key: `rights:${step.toLowerCase().replaceAll(" ", "-")}`,
    group: "rights",
    title: `Rights: ${step.toLowerCase()}`,
  };
  const list = listText(needed.map(({ action, at }) => `${action} ${words[at]}`));
  const holders = people.filter((person) => needed.every((one) => holds(person, one) === true));
  if (holders.length > 0)
    return ok(about, `${listText(holders.map(({ name }) => name))} can do this: a hint, not a promise. It needs ${list}.`);
  if (people.length === 0 || people.some((person) => needed.every((one) => holds(person, one) !== false)))
    return notVerified(about, `It needs ${list}. Who holds that cannot be read.`, "Azure itself decides when the run comes to this step.");
  return warn(
    about,
    `It needs ${list}. ${nobodyHolds(people)}, as far as can be read.`,
    "Activate the role before the run starts. Without it the run waits at this step, and anybody with the right may carry it on.",
  );
}

function nobodyHolds(people: readonly ActingPerson[]): string {
  const [first, ...others] = people;
  if (first === undefined || others.length > 0) return "None of those who may act holds it";
  return `${first.name} does not hold it`;
}

/** Whether a person holds a right; null when that could not be read. */
function holds(person: ActingPerson, { action, at }: NeededRight): boolean | null {
  const read = person[at];
  return read.state === "ok" ? allows(read.value, action) : null;
}
