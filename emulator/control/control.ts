import type { Person } from "../state/shapes";
import type { World } from "../world";

/** A control that cannot be done as asked: a sentence for whoever asked. */
export class ControlError extends Error {}

/** What was asked: the JSON body, or the query of a GET. */
export type Asked = Record<string, unknown>;

/** A control: does it and answers. Throws ControlError. */
export type Control = (world: World, asked: Asked) => object | Promise<object>;

/** A text that must be there. */
export function text(asked: Asked, name: string): string {
  const value = asked[name];
  if (typeof value !== "string" || value === "") throw new ControlError(`"${name}" is missing: it is a text.`);
  return value;
}

/** A text, or null where it is left out. */
export function optionalText(asked: Asked, name: string): string | null {
  return asked[name] === undefined || asked[name] === null ? null : text(asked, name);
}

/** A number that must be there; texts of a query are read as numbers. */
export function number(asked: Asked, name: string): number {
  const value = asked[name];
  const read = typeof value === "string" && value !== "" ? Number(value) : value;
  if (typeof read !== "number" || !Number.isFinite(read)) throw new ControlError(`"${name}" is missing: it is a number.`);
  return read;
}

/** A list of texts that must be there. */
export function texts(asked: Asked, name: string): string[] {
  const value = asked[name];
  if (!Array.isArray(value) || !value.every((one): one is string => typeof one === "string"))
    throw new ControlError(`"${name}" is missing: it is a list of texts.`);
  return value;
}

/** The person named by display name, upn or object id under `person`. */
export function person(world: World, asked: Asked): Person {
  const wanted = text(asked, "person").toLowerCase();
  const found = [...world.store.table("people").values()].find((one) =>
    [one.oid, one.upn.toLowerCase(), one.name.toLowerCase()].includes(wanted),
  );
  if (found === undefined) throw new ControlError(`There is nobody called ${wanted} in the tenant.`);
  return found;
}
