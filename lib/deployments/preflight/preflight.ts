import { type Check, clusterOf, type PreflightCheck, preflightGroups } from "./check";
import { checkAttach } from "./checks/attach";
import { checkBinding } from "./checks/binding";
import { checkCapacity } from "./checks/capacity";
import { checkCluster } from "./checks/cluster";
import { checkConflicts } from "./checks/conflicts";
import { checkExtension } from "./checks/extension";
import { checkLocks } from "./checks/locks";
import { checkNetwork } from "./checks/network";
import { checkRights } from "./checks/rights";
import { checkSettings } from "./checks/settings";
import { checkSubscription } from "./checks/subscription";
import { checkWorkspace } from "./checks/workspace";
import type { DeploymentFacts } from "./facts";
import type { DeploymentInput } from "./input";

const checks: Check[] = [
  checkCluster,
  checkSubscription,
  checkExtension,
  checkSettings,
  checkCapacity,
  checkConflicts,
  checkNetwork,
  checkLocks,
  checkWorkspace,
  checkBinding,
  checkAttach,
  checkRights,
];

/**
 * Everything that is looked at before a deployment, group by group in the order of the page. What cannot be read is `not-verified`, never
 * `ok`. Without a readable cluster only that is said: nothing else about it is given away.
 */
export function preflight(input: DeploymentInput, facts: DeploymentFacts): PreflightCheck[] {
  const look = { input, facts };
  if (clusterOf(facts) === null) return checkCluster(look);
  const found = checks.flatMap((check) => check(look));
  return preflightGroups.flatMap((group) => found.filter((one) => one.group === group));
}

/** True when nothing stops the request. What could not be read does not: a later token may read it. */
export function mayProceed(found: readonly PreflightCheck[]): boolean {
  return found.every(({ status }) => status !== "blocking");
}
