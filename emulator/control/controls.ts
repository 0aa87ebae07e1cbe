import * as access from "./access-changes";
import * as azure from "./azure-changes";
import type { Control } from "./control";
import * as faults from "./fault-rules";
import * as identity from "./identity";
import * as kubernetes from "./kubernetes-changes";
import * as serviceTags from "./service-tag-changes";
import * as time from "./time";

/** Every control by method and path. */
export const controls: Record<string, Control> = {
  "GET /state": time.readState,
  "POST /speed": time.setSpeed,
  "POST /clock/advance": time.advanceClock,
  "POST /reset": time.reset,
  "GET /faults": faults.listFaults,
  "POST /faults": faults.addFault,
  "DELETE /faults": faults.removeFaults,
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
  "POST /trusted-access-roles": access.changeRole,
  "POST /identities": azure.changeIdentity,
  "POST /resources": azure.putResource,
  "DELETE /resources": azure.deleteResource,
  "POST /role-assignments": access.grantRole,
  "DELETE /role-assignments": access.revokeRole,
  "POST /locks": access.addLock,
  "DELETE /locks": access.removeLock,
  "POST /clusters": azure.changeCluster,
  "POST /clusters/recreate": azure.recreateCluster,
  "GET /kubernetes-objects": kubernetes.readObjects,
  "POST /kubernetes-objects": kubernetes.addObject,
  "DELETE /kubernetes-objects": kubernetes.removeObject,
  "POST /egress": kubernetes.setEgress,
  "GET /service-tags": serviceTags.readPublications,
  "POST /service-tags": serviceTags.publish,
  "GET /effects": azure.readEffects,
};
