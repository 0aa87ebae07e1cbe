import type { ArmOperation } from "../state/extension-shapes";
import type { OperationOutcome } from "../state/shapes";
import { keyOf } from "../tenant/ids";
import type { World } from "../world";

const keptMs = 24 * 3_600_000;

/** Begins an operation that is followed at an address of its own provider. */
export function beginArmOperation(
  world: World,
  id: string,
  resourceId: string,
  action: ArmOperation["action"],
  endsAt: number | null,
  outcome: OperationOutcome,
): ArmOperation {
  const operation: ArmOperation = { id, resourceId, action, startedAt: world.clock.now(), endsAt, outcome, settled: false };
  world.store.table("armOperations").set(id, operation);
  return operation;
}

/** The operations of a type of resource whose time has come, marked as ended; old ones are forgotten. `ids`: what their ids look like, lower case. */
export function takeEnded(world: World, ids: RegExp): ArmOperation[] {
  const now = world.clock.now();
  const table = world.store.table("armOperations");
  const ended: ArmOperation[] = [];
  for (const [id, operation] of table.entries()) {
    if (operation.endsAt === null || operation.endsAt > now || !ids.test(keyOf(operation.resourceId))) continue;
    if (operation.settled) {
      if (now - operation.endsAt > keptMs) table.delete(id);
      continue;
    }
    const settled = { ...operation, settled: true };
    table.set(id, settled);
    ended.push(settled);
  }
  return ended;
}
