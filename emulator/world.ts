import type { Clock } from "./clock/clock";
import type { RequestLog } from "./control/request-log";
import type { SigningKeys } from "./entra/keys";
import type { Faults } from "./faults/faults";
import type { Throttle } from "./arm/throttle";
import type { Knobs } from "./state/shapes";
import type { Store } from "./state/store";

/** Everything that a handler may need. */
export type World = {
  clock: Clock;
  store: Store;
  keys: SigningKeys;
  throttle: Throttle;
  faults: Faults;
  log: RequestLog;
  /** Secret of the portal's application registration. */
  clientSecret: string;
  /** Signs operation addresses; kept with the state. */
  operationSecret: string;
  addresses: Addresses;
};

/**
 * Origins without a trailing slash. `azure` is Entra and ARM over https; `downloads` is where the weekly file of service tags is, on the same port under
 * another name; `signIn` is the page for browsers over http. `apiServerPort`: where the API
 * servers of all clusters listen, told apart by the name that a client asks for.
 */
export type Addresses = { azure: string; downloads: string; signIn: string; portal: string; apiServerPort: number };

/** What a control has set. */
export function knobsOf(world: World): Knobs {
  const knobs = world.store.table("knobs").get("knobs");
  if (knobs === undefined) throw new Error("The tenant was not seeded.");
  return knobs;
}

/** Changes some of what a control sets, and keeps the rest. */
export function setKnobs(world: World, change: Partial<Knobs>): void {
  world.store.table("knobs").set("knobs", { ...knobsOf(world), ...change });
}
