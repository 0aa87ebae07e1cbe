import type { ErrorCode } from "@/lib/kernel/errors";

/** RFC 9457 problem details as every error of the API answers them. Types only: the browser reads this shape too. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  /** A sentence for people. */
  detail: string;
  code: ErrorCode;
  /** The bad input, when it is one; `fields` gives a sentence for each bad one. */
  field?: string;
  fields?: Record<string, string>;
  /** Faults of a document, where they stand. */
  faults?: { text: string; entry?: string; line?: number }[];
  /** What to do next. */
  remedy?: string;
  correlationId: string;
  azureCode?: string;
  azureCorrelationId?: string;
  /** The Azure action and scope that were missing. */
  action?: string;
  scope?: string;
  changes?: string[];
  retryAfterSeconds?: number;
  /** Path of ours where the person signs in again with what Entra asked for. */
  signInUrl?: string;
};
