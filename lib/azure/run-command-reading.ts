import { configDataOf, eventOf, ingressClassOf, namespaceOf, nodeOf, roleBindingOf, roleOf, serviceAccountOf } from "./kubernetes-shape";
import { podOf } from "./kubernetes-pod";
import { endMark, markOf, type ReadCommand, sectionsOf } from "./read-commands";
import type { CommandResult } from "./run-command";
import type { Readable } from "./types";

type Ended = Extract<CommandResult, { state: "ended" }>;

const itemsOf =
  <T>(shape: (json: unknown) => T) =>
  (text: string): T[] =>
    (JSON.parse(text) as { items: unknown[] }).items.map(shape);

/** `kubectl … -o name` writes `kind.group/name`, line by line. */
const namesOf = (text: string): string[] =>
  text.split("\n").flatMap((line) => /^[a-z0-9.]+\/([a-z0-9][a-z0-9.-]*)$/.exec(line.trim())?.[1] ?? []);

/** What each section's text is, once it is whole. */
const views = {
  pods: itemsOf(podOf),
  allPods: itemsOf(podOf),
  events: itemsOf(eventOf),
  health: (text: string) => configDataOf(JSON.parse(text)),
  roles: itemsOf(roleOf),
  roleBindings: itemsOf(roleBindingOf),
  serviceAccounts: itemsOf(serviceAccountOf),
  nodes: itemsOf(nodeOf),
  namespaces: itemsOf(namespaceOf),
  ingressClasses: itemsOf(ingressClassOf),
  definitions: namesOf,
  clusterRoles: itemsOf(roleOf),
  clusterRoleBindings: itemsOf(roleBindingOf),
  /** The secret's name. */
  secret: (text: string) => namesOf(text)[0] ?? null,
} satisfies Record<string, (text: string) => unknown>;

/** What a read command showed, section by section; only the sections of that command are there. */
export type CommandReading = { [Name in keyof typeof views]?: Readable<ReturnType<(typeof views)[Name]>> };

/** The sections of an ended read command, each with its value or the way it failed. */
export function readingOf(command: ReadCommand, { logs, finishedAt }: Ended): CommandReading {
  const at = finishedAt ?? new Date().toISOString();
  const marks = [...sectionsOf(command).map(markOf), endMark];
  const lines = logs.split(/\r?\n/);
  const places = marks.map((mark) => lines.indexOf(mark));
  return Object.fromEntries(
    sectionsOf(command).map((name, index) => {
      const [from = -1, to = -1] = [places[index], places[index + 1]];
      // Without any mark not even the first echo ran: what was said instead holds for all.
      if (places[0] === -1) return [name, failureOf(lines)];
      return [name, to === -1 ? cut : sectionOf(name as keyof typeof views, lines.slice(from + 1, to), at)];
    }),
  );
}

/** Both outputs are in one: what kubectl warns of stands among what it gives. */
function sectionOf(name: keyof typeof views, lines: string[], at: string): Readable<unknown> {
  if (lines.some((line) => /^(error:|Error from server|Unable to connect)/.test(line))) return failureOf(lines);
  const text = lines.filter((line) => !/^(Warning: |[WIE]\d{4} |No resources found)/.test(line)).join("\n");
  try {
    return { state: "ok", value: views[name](text), at };
  } catch {
    // Not whole, though what follows it is there: kubectl was ended while it wrote, or it writes otherwise than we know.
    return { state: "unavailable", message: "The output of kubectl is not in a shape that Bindery knows." };
  }
}

const cut: Readable<never> = {
  state: "unavailable",
  message: "The output of the command was cut at 512 kB. Read less at once, or read the API server directly.",
};

/** kubectl's own words of a failure, as a state. */
function failureOf(lines: string[]): Readable<never> {
  const said = lines.filter((line) => line.trim() !== "").join(" ");
  const message = `kubectl says: ${said.slice(0, 1000)}`;
  if (/\(Forbidden\)/.test(said)) return { state: "no-permission", message };
  if (/\(NotFound\)/.test(said)) return { state: "absent" };
  if (/\(Unauthorized\)/.test(said)) return { state: "sign-in", message };
  return { state: "unavailable", message: said === "" ? "The command ended without a word." : message };
}

/**
 * What came of the command that makes a namespace: null when it is there, made now or before; else why it is not. One that is being deleted is
 * not there.
 */
export function namespaceFailure({ exitCode, logs }: Ended): string | null {
  if (exitCode === 0) return null;
  if (/\(AlreadyExists\)/.test(logs) && !/being deleted/i.test(logs)) return null;
  return `kubectl says: ${logs.trim().slice(0, 1000)}`;
}
