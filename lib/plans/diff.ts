import { canonicalJson, type Json } from "@/lib/kernel/json";
import { diffRules } from "@/lib/roles/rule-diff";
import { hoursText } from "@/lib/policies/words";
import { digestedPart } from "./digest";
import type { Duration, GuardedFact, Plan, PlannedRole } from "./plan";
import { verdictChanges } from "./verdict-diff";

/**
 * What changed between two plans in what the digest covers, one sentence each, the most telling first. Empty exactly when both have the
 * same digest.
 */
export function planChanges(before: Plan, after: Plan): string[] {
  const changes = [
    ...headChanges(before, after),
    ...factChanges(before.guardedFacts, after.guardedFacts),
    ...roleChanges(before.roles, after.roles),
    ...durationChanges(before.duration, after.duration),
    ...verdictChanges(before.verdict, after.verdict),
    ...stepChanges(before, after),
  ];
  const same = canonicalJson(digestedPart(before)) === canonicalJson(digestedPart(after));
  if (same) return [];
  return changes.length > 0 ? changes : ["The plan is built in another way than before."];
}

function headChanges(before: Plan, after: Plan): string[] {
  const changes: string[] = [];
  if (before.kind !== after.kind) changes.push(`The kind of change is now ${after.kind}; it was ${before.kind}.`);
  if (before.cloud !== after.cloud) changes.push(`The cloud is now ${after.cloud}; it was ${before.cloud}.`);
  if (before.tenantId.toLowerCase() !== after.tenantId.toLowerCase()) changes.push("The Entra tenant is another one.");
  return changes;
}

function factChanges(before: GuardedFact[], after: GuardedFact[]): string[] {
  const verified = (facts: GuardedFact[]): Map<string, GuardedFact> =>
    new Map(facts.filter((fact) => fact.verified).map((fact) => [fact.key, fact]));
  const old = verified(before);
  const fresh = verified(after);
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), fresh.get(key)];
    if (was === undefined) return is === undefined ? [] : [`${is.label} is now verified: ${factText(is.value)}.`];
    if (is === undefined) return [`${was.label} could not be read again; it was ${factText(was.value)}.`];
    return canonicalJson(was.value) === canonicalJson(is.value) ? [] : [factChange(was, is)];
  });
}

function factChange(was: GuardedFact, is: GuardedFact): string {
  if (was.value === null) return `${is.label}: there was none, now it is ${factText(is.value)}.`;
  if (is.value === null) return `${is.label} is gone; it was ${factText(was.value)}.`;
  if (isTexts(was.value) && isTexts(is.value)) return `${is.label}: ${listChange(was.value, is.value)}.`;
  return `${is.label} changed from ${factText(was.value)} to ${factText(is.value)}.`;
}

const isTexts = (value: Json): value is string[] => Array.isArray(value) && value.every((item) => typeof item === "string");

/** Of a list that may be long, what differs. */
function listChange(was: string[], is: string[]): string {
  const added = is.filter((item) => !was.includes(item));
  const removed = was.filter((item) => !is.includes(item));
  const parts = [
    ...(added.length === 0 ? [] : [`${added.join(", ")} ${added.length === 1 ? "was" : "were"} added`]),
    ...(removed.length === 0 ? [] : [`${removed.join(", ")} ${removed.length === 1 ? "was" : "were"} removed`]),
  ];
  return parts.length === 0 ? "the entries are written in another way" : parts.join("; ");
}

/** A guarded value in words. Values are small: an id, a principal, a binding or a short list of them. */
function factText(value: Json): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(factText).join("; ");
  if (typeof value !== "object") return String(value);
  const { name, sourceResourceId, roles } = value;
  const parts = [
    typeof name === "string" ? name : "",
    Array.isArray(roles) ? roles.map(factText).join(" and ") : "",
    typeof sourceResourceId === "string" ? `for ${sourceResourceId}` : "",
  ];
  const known = parts.filter((part) => part !== "");
  return known.length > 0 ? known.join(" ") : canonicalJson(value);
}

function roleChanges(before: PlannedRole[], after: PlannedRole[]): string[] {
  const byName = (roles: PlannedRole[]): Map<string, PlannedRole> => new Map(roles.map((role) => [role.fullName.toLowerCase(), role]));
  const old = byName(before);
  const fresh = byName(after);
  const changes: string[] = [];
  for (const [key, role] of fresh) if (!old.has(key)) changes.push(`The role ${role.fullName} is now given as well.`);
  for (const [key, was] of old) {
    const is = fresh.get(key);
    if (is === undefined) changes.push(`The role ${was.fullName} is no longer given.`);
    else if (was.verified !== is.verified)
      changes.push(
        is.verified ? `The rules of ${is.fullName} are now verified.` : `The rules of ${is.fullName} can no longer be verified.`,
      );
    else if (is.verified && was.rulesHash !== is.rulesHash)
      changes.push(`Azure changed the rules of ${is.fullName}: ${ruleText(was, is)}.`);
  }
  return changes;
}

function ruleText(was: PlannedRole, is: PlannedRole): string {
  const lines = diffRules(was.rules, is.rules).filter((line) => line.change !== "kept");
  const shown = lines
    .slice(0, 6)
    .map((line) => `${line.change === "added" ? "now" : "no longer"} ${line.group}: ${line.resource} [${line.verbs.join(" ")}]`);
  return lines.length > shown.length ? `${shown.join("; ")}; and ${lines.length - shown.length} more` : shown.join("; ");
}

function durationChanges(before: Duration, after: Duration): string[] {
  const text = (duration: Duration): string => (duration.type === "timed" ? hoursText(duration.hours) : "no end");
  if (canonicalJson(before) === canonicalJson(after)) return [];
  return [`The duration is now ${text(after)}; it was ${text(before)}.`];
}

function stepChanges(before: Plan, after: Plan): string[] {
  const parts = (plan: Plan): Map<string, string> => new Map(digestedPart(plan).steps.map((step) => [step.id, canonicalJson(step)]));
  const old = parts(before);
  const fresh = parts(after);
  const changes: string[] = [];
  for (const step of after.steps) {
    const was = before.steps.find((candidate) => candidate.id === step.id);
    if (was === undefined) changes.push(`There is a new step: ${step.method} ${step.resourceId}.`);
    else if (old.get(step.id) !== fresh.get(step.id)) changes.push(callChange(was, step));
  }
  for (const step of before.steps) if (!fresh.has(step.id)) changes.push(`A step is gone: ${step.method} ${step.resourceId}.`);
  if (changes.length === 0 && [...old.keys()].join() !== [...fresh.keys()].join()) changes.push("The steps come in another order.");
  return changes;
}

type Call = Plan["steps"][number];

function callChange(was: Call, is: Call): string {
  const [before, after] = [addressText(was), addressText(is)];
  const parts = [...(before === after ? [] : [`${before} became ${after}`]), ...bodyChanges(was.body, is.body, "")];
  return `The call “${is.title}” is another one${parts.length === 0 ? "" : `: ${parts.join("; ")}`}.`;
}

const addressText = ({ method, resourceId, apiVersion }: Call): string => `${method} ${resourceId} (api-version ${apiVersion})`;

/** What differs between two bodies: where it stands, and how. Of a long list only what differs; a long value is not quoted. */
function bodyChanges(was: Json, is: Json, path: string): string[] {
  if (canonicalJson(was) === canonicalJson(is)) return [];
  if (isRecord(was) && isRecord(is)) {
    const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
    return keys.flatMap((key) => bodyChanges(was[key] ?? null, is[key] ?? null, path === "" ? key : `${path}.${key}`));
  }
  const where = path === "" ? "what it sends" : path;
  if (isTexts(was) && isTexts(is)) return [`${where}: ${listChange(was, is)}`];
  return [`${where} changed from ${shortText(was)} to ${shortText(is)}`];
}

const isRecord = (value: Json): value is { [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);

function shortText(value: Json): string {
  const text = canonicalJson(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)} …` : text;
}

const longestValue = 200;
