import type { World } from "../world";
import { settleComputes } from "./compute-operations";
import { settleDeployments } from "./deployment-steps";
import { settleExtensions } from "./extension-operations";
import { settleOperations } from "./operations";
import { settleCommands } from "./run-command";
import { settleWorkspaces } from "./workspaces";

/** Brings everything whose time has come to its end; called before anything is read or changed. */
export function settleAll(world: World): void {
  settleOperations(world);
  settleExtensions(world);
  settleComputes(world);
  settleWorkspaces(world);
  settleDeployments(world);
  settleCommands(world);
}
