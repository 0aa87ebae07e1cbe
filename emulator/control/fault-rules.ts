import { outcomeOf } from "../arm/operations";
import type { Fault } from "../faults/faults";
import { type Asked, type Control, ControlError, number, optionalText, text } from "./control";

/** Adds a fault; see the README for its parts. */
export const addFault: Control = (world, asked) => {
  const rule = world.faults.add({
    method: optionalText(asked, "method"),
    path: text(asked, "path"),
    times: asked.times === undefined ? 1 : number(asked, "times"),
    after: asked.after === undefined ? 0 : number(asked, "after"),
    fault: faultOf(asked),
  });
  return { id: rule.id };
};

/** Takes one fault away, or all. */
export const removeFaults: Control = (world, asked) => ({ removed: world.faults.remove(optionalText(asked, "id") ?? undefined) });

/** The faults and how often each was hit. */
export const listFaults: Control = (world) => ({ items: world.faults.list() });

function faultOf(asked: Asked): Fault {
  const fault: Fault = {};
  for (const name of ["status", "delayMs"] as const) if (asked[name] !== undefined) fault[name] = number(asked, name);
  for (const name of ["hold", "reset", "dropAnswer", "stale", "hang"] as const) if (asked[name] === true) fault[name] = true;
  for (const name of ["nextLink", "asyncOperation"] as const) if (asked[name] !== undefined) fault[name] = text(asked, name);
  if (typeof asked.body === "string" || (typeof asked.body === "object" && asked.body !== null)) fault.body = asked.body;
  if (typeof asked.headers === "object" && asked.headers !== null) fault.headers = asked.headers as Record<string, string>;
  const operation = asked.operation as Asked | undefined;
  if (operation !== undefined) {
    const status = text(operation, "status");
    if (status !== "Failed" && status !== "Canceled") throw new ControlError('"operation.status" is Failed or Canceled.');
    fault.operation = outcomeOf(status, optionalText(operation, "code") ?? undefined, optionalText(operation, "message") ?? undefined);
  }
  const health = asked.health as Asked | undefined;
  if (health !== undefined) {
    if (!/^E4\d{4}$/.test(text(health, "code"))) throw new ControlError('"health.code" is a code of the health check, such as E40007.');
    fault.health = { code: text(health, "code"), message: text(health, "message") };
  }
  if (Object.keys(fault).length === 0)
    throw new ControlError(
      "The fault does nothing: give status, delayMs, hold, reset, dropAnswer, operation, hang, health, stale, nextLink or asyncOperation.",
    );
  return fault;
}
