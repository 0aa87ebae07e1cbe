import type { ArmResource } from "../state/shapes";
import type { World } from "../world";
import { forbiddenWords, type KubeUser, may, type Verb } from "./access";
import { isTerminating, namespaceOf, objectsOf, putNamespace } from "./objects";
import { apiVersionOf, kindOfWord, kinds, type ResourceKind, select } from "./resources";
import { fieldTest, labelTest, SelectorError } from "./selectors";

/** What a command line came to, as the run command gives it: both outputs in one. */
export type Ran = { exitCode: number; logs: string };

/** Where and as whom a command runs. `at`: when (ms). */
export type Shell = { world: World; cluster: ArmResource; user: KubeUser; at: number };

/**
 * Runs a command line. Understood are `kubectl get` with `-n`, `-A`, `-l`, `--field-selector`, `--ignore-not-found` and `-o json` or `-o name`,
 * `kubectl create namespace` and `echo`, joined by `&&`, `;` or line ends; everything else fails as the shell or kubectl would.
 */
export function run(shell: Shell, line: string): Ran {
  let logs = "";
  let exitCode = 0;
  let skip = false;
  for (const [, text = "", joint] of line.matchAll(/((?:[^;&\n"']|"[^"]*"|'[^']*'|&(?!&))+)(&&|;|\n|$)/g)) {
    const words = wordsOf(text);
    if (words.length > 0 && !skip) {
      const ran = command(shell, words);
      logs += ran.logs;
      exitCode = ran.exitCode;
    }
    skip = joint === "&&" && (skip || exitCode !== 0);
  }
  return { exitCode, logs };
}

function command(shell: Shell, [name = "", ...rest]: string[]): Ran {
  if (name === "echo") return { exitCode: 0, logs: `${rest.join(" ")}\n` };
  if (name !== "kubectl") return { exitCode: 127, logs: `/bin/sh: line 1: ${name}: command not found\n` };
  const [verb = "", ...args] = rest;
  if (verb === "get") return get(shell, args);
  if (verb === "create") return create(shell, args);
  return fail(`error: unknown command "${verb}" for "kubectl"`);
}

type Options = {
  names: string[];
  namespace: string | null;
  output: string;
  labels: string | null;
  fields: string | null;
  ignoreMissing: boolean;
};

function get(shell: Shell, args: string[]): Ran {
  const options = optionsOf(args);
  if (typeof options === "string") return fail(options);
  const [types = "", ...names] = options.names;
  const wanted = types.split(",").map((word) => ({ word, kind: kindOfWord(word) }));
  const unknown = wanted.find((one) => one.kind === undefined);
  if (types === "")
    return fail(
      'error: You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  if (unknown !== undefined) return fail(`error: the server doesn't have a resource type "${unknown.word}"`);
  if (!["", "json", "name"].includes(options.output))
    return fail(`error: unable to match a printer suitable for the output format "${options.output}", allowed formats are: json,name`);
  const ran: Found = { items: [], errors: [] };
  for (const { kind } of wanted) if (kind !== undefined) find(shell, kind, names, options, ran);
  return printed(ran, options, names.length === 1 && wanted.length === 1);
}

type Found = { items: ReturnType<typeof select>; errors: string[] };

function find(shell: Shell, kind: ResourceKind, names: string[], options: Options, found: Found): void {
  const namespace = kind.namespaced ? options.namespace : null;
  const objects = objectsOf(shell.world, shell.cluster);
  const verb: Verb = names.length === 0 ? "list" : "get";
  const refused = (name: string) =>
    `Error from server (Forbidden): ${forbiddenWords(shell.cluster, shell.user, verb, kind, namespace, name)}`;
  if (!may(shell.world, shell.cluster, objects, shell.user, verb, kind, namespace))
    return void found.errors.push(...(names.length === 0 ? [""] : names).map(refused));
  const all = select(objects, kind, namespace).map((one) => ({ ...one, apiVersion: apiVersionOf(kind) }));
  if (names.length === 0) {
    try {
      found.items.push(...all.filter(labelTest(options.labels)).filter(fieldTest(options.fields)));
    } catch (cause) {
      if (!(cause instanceof SelectorError)) throw cause;
      found.errors.push(`Error from server (BadRequest): ${cause.message}`);
    }
    return;
  }
  for (const name of names) {
    const one = all.find((object) => object.metadata.name === name);
    if (one !== undefined) found.items.push(one);
    else if (!options.ignoreMissing)
      found.errors.push(`Error from server (NotFound): ${kind.plural}${kind.group === "" ? "" : `.${kind.group}`} "${name}" not found`);
  }
}

function printed({ items, errors }: Found, options: Options, single: boolean): Ran {
  const failed = errors.map((one) => `${one}\n`).join("");
  const exitCode = errors.length === 0 ? 0 : 1;
  if (options.output === "json") {
    if (errors.length > 0 && items.length === 0) return { exitCode, logs: failed };
    const body = single ? items[0] : { apiVersion: "v1", items, kind: "List", metadata: { resourceVersion: "" } };
    return { exitCode, logs: `${body === undefined ? "" : `${JSON.stringify(body, null, 4)}\n`}${failed}` };
  }
  const where = options.namespace === null ? "" : ` in ${options.namespace} namespace`;
  const lines = items.map((one) =>
    options.output === "name"
      ? `${one.kind.toLowerCase()}/${one.metadata.name}`
      : `${one.metadata.namespace ?? ""} ${one.metadata.name}`.trim(),
  );
  return {
    exitCode,
    logs: `${lines.map((one) => `${one}\n`).join("")}${items.length + errors.length === 0 ? `No resources found${where}.\n` : ""}${failed}`,
  };
}

function create(shell: Shell, args: string[]): Ran {
  const [type = "", name = "", ...more] = args;
  const kind = kinds.find((one) => one.kind === "Namespace");
  if (!["namespace", "ns"].includes(type) || kind === undefined)
    return fail(`error: unknown flag or resource to create: ${type}\nSee 'kubectl create -h' for help and examples`);
  if (name === "" || more.length > 0) return fail(`error: exactly one NAME is required, got ${name === "" ? 0 : more.length + 1}`);
  const { world, cluster, user, at } = shell;
  if (!may(world, cluster, objectsOf(world, cluster), user, "create", kind, null))
    return fail(`Error from server (Forbidden): ${forbiddenWords(cluster, user, "create", kind, null, "")}`);
  if (!isName(name))
    return fail(
      `The Namespace "${name}" is invalid: metadata.name: Invalid value: "${name}": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'`,
    );
  const known = objectsOf(world, cluster).some((one) => one.kind === "Namespace" && one.metadata.name === name);
  if (known || namespaceOf(world, cluster.id, name) !== null)
    return fail(
      `Error from server (AlreadyExists): ${isTerminating(world, cluster.id, name) ? "object is being deleted: " : ""}namespaces "${name}" already exists`,
    );
  putNamespace(world, cluster.id, name, at);
  return { exitCode: 0, logs: `namespace/${name} created\n` };
}

/** True for a name that a namespace may have. */
export function isName(name: string): boolean {
  return name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);
}

function optionsOf(args: string[]): Options | string {
  const options: Options = { names: [], namespace: "default", output: "", labels: null, fields: null, ignoreMissing: false };
  const rest = args.flatMap((word) =>
    /^--?[\w-]+=/.test(word) ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : [word],
  );
  while (rest.length > 0) {
    const word = rest.shift() ?? "";
    if (!word.startsWith("-")) options.names.push(word);
    else if (word === "-A" || word === "--all-namespaces") options.namespace = null;
    else if (word === "--ignore-not-found") options.ignoreMissing = true;
    else if (["-n", "--namespace"].includes(word)) options.namespace = rest.shift() ?? "";
    else if (["-o", "--output"].includes(word)) options.output = rest.shift() ?? "";
    else if (["-l", "--selector"].includes(word)) options.labels = rest.shift() ?? "";
    else if (word === "--field-selector") options.fields = rest.shift() ?? "";
    else return `error: unknown flag: ${word}\nSee 'kubectl get --help' for usage.`;
  }
  return options;
}

function wordsOf(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, one, plain]) => double ?? one ?? plain ?? "");
}

function fail(words: string): Ran {
  return { exitCode: 1, logs: `${words}\n` };
}
