import { createHash } from "node:crypto";
import { ArmError } from "./errors";

/** What expressions of a template refer to. */
export type Scope = {
  parameters: Record<string, unknown>;
  variables: Record<string, unknown>;
  subscriptionId: string;
  tenantId: string;
  group: { name: string; id: string; location: string };
};

/** Evaluates every `[expression]` in a value, however deep. `[[` stands for a bracket. Throws 400 InvalidTemplate for what is not understood. */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((one) => evaluate(one, scope));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, evaluate(one, scope)]));
  if (typeof value !== "string" || !/^\[.*\]$/s.test(value)) return value;
  if (value.startsWith("[[")) return value.slice(1);
  return new Expression(value.slice(1, -1), scope).value();
}

/** One expression, read from left to right: texts, numbers, calls, and properties of what they give. */
class Expression {
  readonly #text: string;
  readonly #scope: Scope;
  #at = 0;

  constructor(text: string, scope: Scope) {
    this.#text = text;
    this.#scope = scope;
  }

  value(): unknown {
    const value = this.#term();
    if (this.#take(/\s*$/y) === null) throw this.#wrong();
    return value;
  }

  #term(): unknown {
    const text = this.#take(/\s*'((?:[^']|'')*)'\s*/y);
    if (text !== null) return (text[1] ?? "").replaceAll("''", "'");
    const number = this.#take(/\s*(-?\d+)\s*/y);
    if (number !== null) return Number(number[1]);
    const name = this.#take(/\s*([a-zA-Z]+)\s*\(/y)?.[1];
    if (name === undefined) throw this.#wrong();
    let value = this.#call(name, this.#arguments());
    for (let part = this.#take(/\s*\.(\w+)|\s*\['(\w+)'\]/y); part !== null; part = this.#take(/\s*\.(\w+)|\s*\['(\w+)'\]/y))
      value = (value as Record<string, unknown> | undefined)?.[part[1] ?? part[2] ?? ""];
    return value;
  }

  #arguments(): unknown[] {
    const found: unknown[] = [];
    while (this.#take(/\s*\)/y) === null) {
      if (found.length > 0 && this.#take(/\s*,/y) === null) throw this.#wrong();
      found.push(this.#term());
    }
    return found;
  }

  #call(name: string, given: unknown[]): unknown {
    const { parameters, variables, subscriptionId, tenantId, group } = this.#scope;
    const [first] = given;
    const functions: Record<string, () => unknown> = {
      parameters: () => this.#known("parameter", parameters, first),
      variables: () => this.#known("variable", variables, first),
      concat: () => given.map(String).join(""),
      tolower: () => String(first).toLowerCase(),
      take: () => String(first).slice(0, Number(given[1])),
      replace: () => String(first).replaceAll(String(given[1]), String(given[2])),
      format: () => given.slice(1).reduce<string>((text, one, index) => text.replaceAll(`{${index}}`, String(one)), String(first)),
      uniquestring: () => createHash("sha256").update(given.map(String).join("|")).digest("hex").slice(0, 13),
      resourcegroup: () => group,
      subscription: () => ({ subscriptionId, tenantId, id: `/subscriptions/${subscriptionId}` }),
      resourceid: () => resourceId(group.id, given.map(String)),
    };
    const call = functions[name.toLowerCase()];
    if (call === undefined) throw invalidTemplate(`The template function '${name}' is not one that the local Azure knows.`);
    return call();
  }

  #known(what: string, from: Record<string, unknown>, name: unknown): unknown {
    const key = Object.keys(from).find((one) => one.toLowerCase() === String(name).toLowerCase());
    if (key === undefined) throw invalidTemplate(`The template ${what} '${String(name)}' is not found.`);
    return from[key];
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }

  #wrong(): ArmError {
    return invalidTemplate(`Unable to parse language expression '${this.#text}': unexpected text at position ${this.#at}.`);
  }
}

/** 400 of a template. */
export function invalidTemplate(message: string): ArmError {
  return new ArmError(400, "InvalidTemplate", `Deployment template validation failed: '${message}'.`);
}

/** `type`, `name`… below a resource group. */
export function resourceId(groupId: string, [type = "", ...names]: string[]): string {
  const [namespace = "", ...types] = type.split("/");
  return `${groupId}/providers/${namespace}${types.map((one, index) => `/${one}/${names[index] ?? ""}`).join("")}`;
}
