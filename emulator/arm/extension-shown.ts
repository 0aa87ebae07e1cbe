import type { Extension } from "../state/extension-shapes";
import { guidOf, tenantId } from "../tenant/ids";

/** As the service answers it: `currentVersion` from the first moment, of protected settings nothing. */
export function shownExtension(one: Extension, apiVersion: string): object {
  const at = (ms: number) => new Date(ms).toISOString();
  const newer = apiVersion >= "2025-03-01";
  return {
    id: one.id,
    name: one.name,
    type: "Microsoft.KubernetesConfiguration/extensions",
    ...(one.identity === null ? {} : { identity: { ...one.identity, principalId: guidOf(`principal:${one.id}`), tenantId } }),
    systemData: { createdBy: null, createdByType: null, createdAt: at(one.createdAt), lastModifiedAt: at(one.changedAt) },
    properties: {
      extensionType: one.extensionType,
      autoUpgradeMinorVersion: one.autoUpgradeMinorVersion,
      releaseTrain: one.releaseTrain,
      ...(one.version === null ? {} : { version: one.version }),
      currentVersion: one.currentVersion,
      scope: { cluster: { releaseNamespace: one.releaseNamespace } },
      provisioningState: one.state,
      configurationSettings: one.settings,
      statuses: one.statuses,
      errorInfo: one.error === null ? null : { ...one.error, target: null, details: [], additionalInfo: [] },
      packageUri: null,
      isSystemExtension: false,
      customLocationSettings: null,
      aksAssignedIdentity: { type: "SystemAssigned", principalId: guidOf(`principal:extension:${one.clusterId}`), tenantId },
      ...(newer ? { autoUpgradeMode: one.autoUpgradeMinorVersion ? "compatible" : "none", extensionState: "Ready", managedBy: null } : {}),
    },
  };
}
