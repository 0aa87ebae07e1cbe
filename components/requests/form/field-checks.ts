import { ApiError } from "@/lib/http/api";
import type { Check } from "../shapes";

/** Texts that belong beside a field: what stops the form, and what one should know. */
export type FieldTexts = { error: string | undefined; warnings: Check[] };

/** What the server found in a body: checks, or the refusal of a call. */
export type Finding = { about: object | undefined; checks: Check[]; refusal: unknown };

/**
 * Sorts checks and refusals to their fields. A refusal of the last submit wins over the check of the present text. What was found in another
 * text than the field has now (`present`), or on another cluster, is not said any more.
 */
export function textsFor(field: string, present: object, findings: Finding[]): FieldTexts {
  const holding = findings.filter(({ about }) => about !== undefined && isSame(field, about, present));
  const refusal = holding
    .map(({ refusal: error }) =>
      error instanceof ApiError
        ? Object.entries(error.fields).find(([path]) => path === field || path.startsWith(`${field}.`))?.[1]
        : undefined,
    )
    .find((text) => text !== undefined);
  const own = holding.flatMap(({ checks }) => checks).filter((check) => check.field === field);
  const blocking = own.find((check) => check.status === "blocking");
  const error = refusal ?? (blocking === undefined ? undefined : [blocking.message, blocking.remedy].filter(Boolean).join(" "));
  return { error, warnings: own.filter((check) => check.status === "warning" || check.status === "not-verified") };
}

/** Whether a refusal still has to be said: it names no field, or a field that it names is as it was sent (`about`). */
export function isStillSaid(refusal: unknown, about: object | undefined, present: object): boolean {
  const fields = refusal instanceof ApiError ? Object.keys(refusal.fields) : [];
  return fields.length === 0 || about === undefined || fields.some((field) => isSame(field, about, present));
}

function isSame(field: string, about: object, present: object): boolean {
  return ["kind", "clusterId", "clusterIds", field].every((part) => partOf(about, part) === partOf(present, part));
}

/** A path such as `compute.name` counts with all that it lies in: what was said about a part may rest on its neighbours. */
const partOf = (body: object, path: string): string | undefined =>
  JSON.stringify((body as Record<string, unknown>)[path.split(".", 1)[0] ?? path]);
