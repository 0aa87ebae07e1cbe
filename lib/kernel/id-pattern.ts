/**
 * The form of the ARM id of a resource, of a resource group or of a subscription itself, with child resources. In a file of its own: the browser
 * takes it too.
 */
export const resourceIdPattern =
  /^\/subscriptions\/[0-9a-f-]{36}(\/resourceGroups\/[^/]{1,90})?\/providers\/[A-Za-z0-9.]+(\/[A-Za-z0-9]+\/[^/?#\s]+)+$/i;
