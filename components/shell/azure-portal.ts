/** Address of a resource's page in the Azure portal, in this tenant; null where the cloud has no portal. */
export function azurePortalHref(portalUrl: string | null, tenantId: string, resourceId: string): string | null {
  return portalUrl === null ? null : `${portalUrl}/#@${encodeURIComponent(tenantId)}/resource${encodeURI(resourceId)}`;
}
