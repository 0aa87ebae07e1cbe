import type { Extension } from "@/lib/azure/deployment-types";
import { failedChecks, type HealthReport } from "../health/report";
import type { Diagnosis, Source } from "./diagnosis";
import { innermost } from "./innermost";
import { armCauses } from "./known/arm";
import { computeCauses } from "./known/computes";
import { extensionCauses } from "./known/extension";
import { healthCauses, instanceTypeCauses } from "./known/health-checks";
import { jobCauses } from "./known/jobs";
import type { KnownCause } from "./known/known";
import { kubernetesCauses } from "./known/kubernetes";
import { excerpt, readable, wordAt } from "./words";

/** What is known of a failure. */
export type Failure = {
  source: Source;
  /** Azure's own code, where there is one. */
  code?: string | null;
  message: string;
  /** Of the extension, as ARM tells them. Those of level Information say nothing about a failure. */
  statuses?: Extension["statuses"];
  /** What the health check found. */
  report?: readonly HealthReport[];
};

/** Every failure that is known, in the order in which answers of one kind stand. */
export const knownCauses: readonly KnownCause[] = [
  ...extensionCauses,
  ...healthCauses,
  ...instanceTypeCauses,
  ...computeCauses,
  ...jobCauses,
  ...armCauses,
  ...kubernetesCauses,
];

const answersAtMost = 5;
const statusesAtMost = 20;

type Text = { source: Source; code: string; text: string; weight: number };
type Match = { cause: KnownCause; weight: number; evidence: string };

/**
 * What a failure means, the best answer first, at most five. What the health check found counts most, then the cause in the middle of the
 * message, then the text around it; what says that something failed and not why comes last. A text that nobody knows gives one answer that
 * says so, with its innermost words. At most 60,000 characters of each text are looked at. Throws nothing.
 */
export function diagnose(failure: Failure): [Diagnosis, ...Diagnosis[]] {
  const matches = textsOf(failure).flatMap((text) => knownCauses.flatMap((cause) => matchOf(cause, text)));
  const ranked = matches.sort((a, b) => rank(a) - rank(b));
  const [first, ...rest] = ranked.filter(({ cause }, at) => ranked.findIndex((other) => other.cause.id === cause.id) === at);
  if (first === undefined) return [unknown(failure)];
  return [toDiagnosis(first), ...rest.slice(0, answersAtMost - 1).map(toDiagnosis)];
}

/** General answers behind the others; within each, by where they were found, then in the order of the table. */
const rank = ({ cause, weight }: Match): number => (cause.general === true ? 100 : 0) + weight * 10 + knownCauses.indexOf(cause) / 1_000;

function textsOf({ source, code, message, statuses = [], report = [] }: Failure): Text[] {
  const own = code?.toLowerCase() ?? "";
  const around = readable(message);
  const said = statuses.filter((one) => one.level?.toLowerCase() !== "information" && one.message !== null).slice(0, statusesAtMost);
  return [
    ...failedChecks(report).map((check) => ({
      source: "health-report" as const,
      code: (check.code ?? "").toLowerCase(),
      text: readable(check.message),
      weight: 0,
    })),
    { source, code: own, text: innermost(message), weight: 1 },
    { source, code: "", text: around, weight: 2 },
    ...said.map((one) => ({ source, code: one.code?.toLowerCase() ?? "", text: innermost(one.message ?? ""), weight: 3 })),
  ];
}

function matchOf(cause: KnownCause, { source, code, text, weight }: Text): Match[] {
  if (!cause.sources.includes(source)) return [];
  const lower = text.toLowerCase();
  if (cause.unless?.some((phrase) => lower.includes(phrase)) === true) return [];
  const found = placeOf(cause, lower);
  if (found !== null) return [{ cause, weight, evidence: excerpt(text, found.at, found.length) }];
  const named = cause.codes?.find((one) => one.toLowerCase() === code);
  return named === undefined ? [] : [{ cause, weight, evidence: excerpt(text === "" ? named : `${named}: ${text}`, 0, 0) }];
}

/** Where a row is recognised in a text: by its phrases, else by one of its codes. */
function placeOf({ phrases = [], codes = [] }: KnownCause, lower: string): { at: number; length: number } | null {
  const parts = phrases.find((all) => all.every((part) => lower.includes(part)));
  if (parts !== undefined) return { at: lower.indexOf(parts[0] ?? ""), length: parts[0]?.length ?? 0 };
  for (const code of codes) {
    const at = wordAt(lower, code.toLowerCase());
    if (at >= 0) return { at, length: code.length };
  }
  return null;
}

function toDiagnosis({ cause, evidence }: Match): Diagnosis {
  const { id, title, remedy, retry, change, wait } = cause;
  return {
    id,
    title,
    cause: cause.cause,
    remedy,
    evidence,
    ...(change === undefined ? {} : { change }),
    ...(wait === undefined ? {} : { wait }),
    retry,
  };
}

function unknown({ code, message }: Failure): Diagnosis {
  const words = innermost(message);
  const shown = excerpt(words === "" ? readable(code ?? "") : words, 0, 0);
  return {
    id: "unknown",
    title: "Not known here",
    cause: shown === "" ? "Azure gave no reason." : `Bindery does not know this failure. Azure's innermost words are: ${shown}`,
    remedy: "Read the whole text and the events of the run. Trying once more does no harm: every step looks first at what is there.",
    evidence: shown,
    retry: "as-is",
  };
}
