import type { Incoming } from "../server/exchange";
import type { Fault } from "../faults/faults";
import type { World } from "../world";

/** Who calls: from a verified token. `principals`: the object id and those of the groups. */
export type Caller = { oid: string; upn: string; principals: Set<string>; acrs: string[]; capabilities: string[]; issuedAt: number };

/** One call of ARM. `params` are the parts of the path that the route names, as the client wrote them. */
export type ArmCall = {
  world: World;
  incoming: Incoming;
  caller: Caller;
  params: string[];
  apiVersion: string;
  requestId: string;
  correlationId: string;
  fault: Fault | null;
};
