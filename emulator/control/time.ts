import { outcomeOf, settleOperations } from "../arm/operations";
import type { Fault } from "../faults/faults";
import { seed } from "../tenant/seed";
import { knobsOf, setKnobs, type World } from "../world";
import { type Asked, type Control, ControlError, number, optionalText, text } from "./control";

/** Where things stand: speed, time, scale, operations under way. */
export const readState: Control = (world) => {
  settleOperations(world);
  const operations = [...world.store.table("operations").values()].filter((one) => !one.settled);
  return { now: world.clock.iso(), speed: world.clock.speed, offsetMs: world.clock.offsetMs, knobs: knobsOf(world), operations };
};

/** How much faster than Azure things go from now on. What is under way keeps its end. */
export const setSpeed: Control = (world, asked) => {
  world.clock.setSpeed(number(asked, "speed"));
  return { speed: world.clock.speed };
};

/** Moves the clock forward by `ms`: operations end, effects come, tokens age. */
export const advanceClock: Control = (world, asked) => {
  world.clock.advance(number(asked, "ms"));
  setKnobs(world, { clockOffsetMs: world.clock.offsetMs });
  settleOperations(world);
  return { now: world.clock.iso() };
};

/** Tells the story anew, with `scale` generated clusters (as before where left out). Keys, ports and secrets stay. */
export const reset: Control = (world, asked) => {
  const scale = asked.scale === undefined ? knobsOf(world).scale : number(asked, "scale");
  seed(world.store, scale);
  setKnobs(world, { clockOffsetMs: world.clock.offsetMs });
  world.faults.remove();
  world.log.clear();
  world.throttle.fill();
  return { scale };
};

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

/** Sizes of pages: `list` of ARM, `graph` of Resource Graph. */
export const setPageSizes: Control = (world, asked) => {
  const sizeOf = (name: string, now: number) => (asked[name] === undefined ? now : Math.max(1, Math.floor(number(asked, name))));
  setKnobs(world, {
    listPageSize: sizeOf("list", knobsOf(world).listPageSize),
    graphPageSize: sizeOf("graph", knobsOf(world).graphPageSize),
  });
  return { list: knobsOf(world).listPageSize, graph: knobsOf(world).graphPageSize };
};

/** Other numbers for a kind of budget, or the usual ones again where `burst` is left out. */
export const setThrottle: Control = (world, asked) => {
  const kind = text(asked, "kind");
  world.throttle.override(
    kind,
    asked.burst === undefined ? null : { burst: number(asked, "burst"), perSecond: number(asked, "perSecond") },
  );
  return { kind };
};

/** The requests served, oldest first. */
export const readLog: Control = (world, asked) => ({
  items: world.log.list({ since: optionalText(asked, "since"), method: optionalText(asked, "method"), path: optionalText(asked, "path") }),
});

/** Forgets the requests served. */
export const clearLog: Control = (world) => {
  world.log.clear();
  return {};
};

function faultOf(asked: Asked): Fault {
  const fault: Fault = {};
  for (const name of ["status", "delayMs"] as const) if (asked[name] !== undefined) fault[name] = number(asked, name);
  for (const name of ["reset", "dropAnswer", "stale"] as const) if (asked[name] === true) fault[name] = true;
  for (const name of ["nextLink", "asyncOperation"] as const) if (asked[name] !== undefined) fault[name] = text(asked, name);
  if (typeof asked.body === "object" && asked.body !== null) fault.body = asked.body;
  if (typeof asked.headers === "object" && asked.headers !== null) fault.headers = asked.headers as Record<string, string>;
  const operation = asked.operation as Asked | undefined;
  if (operation !== undefined) {
    const status = text(operation, "status");
    if (status !== "Failed" && status !== "Canceled") throw new ControlError('"operation.status" is Failed or Canceled.');
    fault.operation = outcomeOf(status, optionalText(operation, "code") ?? undefined, optionalText(operation, "message") ?? undefined);
  }
  if (Object.keys(fault).length === 0)
    throw new ControlError(
      "The fault does nothing: give status, delayMs, reset, dropAnswer, operation, stale, nextLink or asyncOperation.",
    );
  return fault;
}

/** Brings operations to their end before a control reads or changes what they touch. */
export function settled(world: World): World {
  settleOperations(world);
  return world;
}
