import { ApiError } from "@/lib/http/api";
import type { Check } from "../shapes";

/** Texts that belong beside a field: what stops the form, and what one should know. */
export type FieldTexts = { error: string | undefined; warnings: Check[] };

/** Sorts checks and refusals to their fields. A refusal of the last submit wins over the check of the present text. */
export function textsFor(field: string, checks: Check[], refusals: unknown[]): FieldTexts {
  const refusal = refusals
    .map((error) =>
      error instanceof ApiError
        ? Object.entries(error.fields).find(([path]) => path === field || path.startsWith(`${field}.`))?.[1]
        : undefined,
    )
    .find((text) => text !== undefined);
  const own = checks.filter((check) => check.field === field);
  const blocking = own.find((check) => check.status === "blocking");
  const error = refusal ?? (blocking === undefined ? undefined : [blocking.message, blocking.remedy].filter(Boolean).join(" "));
  return { error, warnings: own.filter((check) => check.status === "warning" || check.status === "not-verified") };
}
