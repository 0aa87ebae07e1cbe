import * as azure from "./azure-changes";
import type { Control } from "./control";
import * as identity from "./identity";
import * as time from "./time";

/** Every control by method and path. */
export const controls: Record<string, Control> = {
  "GET /state": time.readState,
  "POST /speed": time.setSpeed,
  "POST /clock/advance": time.advanceClock,
  "POST /reset": time.reset,
  "GET /faults": time.listFaults,
  "POST /faults": time.addFault,
  "DELETE /faults": time.removeFaults,
  "POST /page-sizes": time.setPageSizes,
  "POST /throttle": time.setThrottle,
  "GET /log": time.readLog,
  "DELETE /log": time.clearLog,
  "GET /people": identity.listPeople,
  "POST /people": identity.changePerson,
  "POST /token": identity.mintToken,
  "POST /claims": identity.requireClaims,
  "DELETE /claims": identity.dropClaims,
  "POST /keys/rotate": identity.rotateKeys,
  "POST /tokens/revoke": identity.revokeTokens,
  "POST /tokens/expire": identity.expireTokens,
  "POST /client-keys": identity.registerClientKey,
  "POST /bindings": azure.putBinding,
  "DELETE /bindings": azure.deleteBinding,
  "POST /trusted-access-roles": azure.changeRole,
  "POST /identities": azure.changeIdentity,
  "POST /resources": azure.putResource,
  "DELETE /resources": azure.deleteResource,
  "POST /role-assignments": azure.grantRole,
  "DELETE /role-assignments": azure.revokeRole,
  "POST /locks": azure.addLock,
  "DELETE /locks": azure.removeLock,
  "POST /clusters": azure.changeCluster,
  "POST /clusters/recreate": azure.recreateCluster,
  "GET /effects": azure.readEffects,
};
