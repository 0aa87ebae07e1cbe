import { settleAll } from "../arm/settle";
import { seed } from "../tenant/seed";
import { knobsOf, setKnobs, type World } from "../world";
import { type Control, number, optionalText, text } from "./control";

/** Where things stand: speed, time, scale, operations under way. */
export const readState: Control = (world) => {
  settleAll(world);
  const operations = [...world.store.table("operations").values(), ...world.store.table("armOperations").values()].filter(
    (one) => !one.settled,
  );
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
  settleAll(world);
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

/** Sizes of pages: `list` of ARM, `graph` of Resource Graph, `serviceTags` (0: all at once). */
export const setPageSizes: Control = (world, asked) => {
  const sizeOf = (name: string, now: number, least = 1) =>
    asked[name] === undefined ? now : Math.max(least, Math.floor(number(asked, name)));
  const now = knobsOf(world);
  const sizes = {
    listPageSize: sizeOf("list", now.listPageSize),
    graphPageSize: sizeOf("graph", now.graphPageSize),
    serviceTagPageSize: sizeOf("serviceTags", now.serviceTagPageSize, 0),
  };
  setKnobs(world, sizes);
  return { list: sizes.listPageSize, graph: sizes.graphPageSize, serviceTags: sizes.serviceTagPageSize };
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

/** Brings operations to their end before a control reads or changes what they touch. */
export function settled(world: World): World {
  settleAll(world);
  return world;
}
