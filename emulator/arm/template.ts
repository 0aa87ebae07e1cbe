import type { ArmResource } from "../state/shapes";
import { evaluate, invalidTemplate, resourceId, type Scope } from "./template-expressions";

/** A resource of a template, evaluated; `dependsOn` are ids. */
export type Wanted = { id: string; type: string; name: string; apiVersion: string; dependsOn: string[]; resource: Partial<ArmResource> };
export type Typed = { type: string; value: unknown };

/** A template, evaluated: its resources in an order in which each comes after what it depends on. */
export type Template = { parameters: Record<string, Typed>; outputs: Record<string, Typed>; resources: Wanted[] };

type Raw = {
  parameters?: Record<string, { type: string; defaultValue?: unknown; allowedValues?: unknown[] }>;
  variables?: Record<string, unknown>;
  resources?: Record<string, unknown>[];
  outputs?: Record<string, Typed>;
};

/** Evaluates a template with the parameters that came with it. Throws 400 InvalidTemplate. */
export function readTemplate(template: unknown, given: unknown, scope: Omit<Scope, "parameters" | "variables">): Template {
  if (typeof template !== "object" || template === null)
    throw invalidTemplate("The template is missing; a link to one is not followed here.");
  const raw = template as Raw;
  const parameters = parametersOf(raw, (given ?? {}) as Record<string, { value?: unknown }>, { ...scope, parameters: {}, variables: {} });
  const values = Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, one.value]));
  const first: Scope = { ...scope, parameters: values, variables: {} };
  const variables: Record<string, unknown> = {};
  // A variable may name those before it.
  for (const [name, value] of Object.entries(raw.variables ?? {})) variables[name] = evaluate(value, { ...first, variables });
  const whole: Scope = { ...first, variables };
  const wanted = (raw.resources ?? []).map((one) => wantedOf(evaluate(one, whole) as Record<string, unknown>, scope.group.id));
  const outputs = Object.fromEntries(
    Object.entries(raw.outputs ?? {}).map(([name, one]) => [name, { type: one.type, value: evaluate(one.value, whole) }]),
  );
  return { parameters: secretless(parameters), outputs, resources: inOrder(wanted) };
}

function parametersOf(raw: Raw, given: Record<string, { value?: unknown }>, scope: Scope): Record<string, Typed> {
  const declared = raw.parameters ?? {};
  const stray = Object.keys(given).find((name) => !(name in declared));
  if (stray !== undefined)
    throw invalidTemplate(
      `The following parameters were supplied, but do not correspond to any parameters defined in the template: '${stray}'`,
    );
  return Object.fromEntries(
    Object.entries(declared).map(([name, one]) => {
      const value = given[name]?.value ?? evaluate(one.defaultValue, scope);
      if (value === undefined) throw invalidTemplate(`The value for the template parameter '${name}' is not provided`);
      if (one.allowedValues !== undefined && !one.allowedValues.includes(value))
        throw invalidTemplate(
          `The provided value for the template parameter '${name}' is not valid. The value '${JSON.stringify(value)}' is not part of the allowed value(s): '${one.allowedValues.map(String).join(",")}'.`,
        );
      return [name, { type: one.type, value }];
    }),
  );
}

/** Of a secure parameter its type is answered, never its value. */
function secretless(parameters: Record<string, Typed>): Record<string, Typed> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, one]) => [name, /^secure/i.test(one.type) ? { type: one.type, value: undefined } : one]),
  );
}

function wantedOf(one: Record<string, unknown>, groupId: string): Wanted {
  const { type, name, apiVersion, dependsOn, ...resource } = one;
  if (typeof type !== "string" || typeof name !== "string" || typeof apiVersion !== "string")
    throw invalidTemplate("A template resource needs type, name and apiVersion");
  const id = resourceId(groupId, [type, ...name.split("/")]);
  const before = (Array.isArray(dependsOn) ? dependsOn : []).map((text) =>
    String(text).startsWith("/") ? String(text) : `${groupId}/providers/${String(text)}`,
  );
  return { id, type, name, apiVersion, dependsOn: before, resource };
}

function inOrder(wanted: Wanted[]): Wanted[] {
  const left = [...wanted];
  const done: Wanted[] = [];
  const known = new Set(wanted.map((one) => one.id.toLowerCase()));
  while (left.length > 0) {
    const index = left.findIndex((one) =>
      one.dependsOn.every((id) => !known.has(id.toLowerCase()) || done.some((before) => before.id.toLowerCase() === id.toLowerCase())),
    );
    const [next] = index < 0 ? [] : left.splice(index, 1);
    if (next === undefined) throw invalidTemplate(`Circular dependency detected on resource: '${left[0]?.id ?? ""}'`);
    done.push(next);
  }
  return done;
}
