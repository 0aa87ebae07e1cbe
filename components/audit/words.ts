import { CircleCheck, CircleX, Hourglass, ShieldX, type Icon } from "@/components/ui/icons";
import type { Tone } from "@/components/ui/tone";

/** How an outcome looks. An intent is written before a call to Azure, so that a crash between the two leaves a trace. */
export const outcomes: Record<string, { word: string; tone: Tone; icon: Icon }> = {
  ok: { word: "Done", tone: "success", icon: CircleCheck },
  refused: { word: "Refused", tone: "warning", icon: ShieldX },
  failed: { word: "Failed", tone: "danger", icon: CircleX },
  intent: { word: "Intent", tone: "info", icon: Hourglass },
};

/** `2026-11-24 09:53:27` (UTC): in a record the second counts, and the text sorts. */
export function recordTime(iso: string): string {
  return new Date(iso).toISOString().slice(0, 19).replace("T", " ");
}

/** An action of the record as people read it: `run step outcome`. */
export function actionWords(action: string): string {
  return action.replaceAll("-", " ");
}

/** Why something was done, in the words of the people themselves: label and text of what an event's details hold of it. */
export function whyLines(detail: unknown): [label: string, text: string][] {
  const { reason, ticket, text, asked } = membersOf(detail);
  const request = membersOf(asked);
  const lines: [string, unknown][] = [
    ["Reason", reason],
    ["Ticket", ticket],
    ["Comment", text],
    ["Reason of the request", request.reason],
    ["Ticket of the request", request.ticket],
  ];
  return lines.filter((line): line is [string, string] => typeof line[1] === "string" && line[1] !== "");
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Value of a `datetime-local` field for a time of the address, in UTC; empty for none or for what is no time. */
export function fieldTime(iso: string | undefined): string {
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? "" : new Date(time).toISOString().slice(0, 16);
}

/** The ISO 8601 time that a `datetime-local` field means, read as UTC; undefined for an empty one. */
export function isoTime(field: string): string | undefined {
  const time = Date.parse(`${field}Z`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
