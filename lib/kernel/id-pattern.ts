/** The form of a resource's ARM id, in a resource group or in a subscription itself. In a file of its own: the browser takes it too. */
export const resourceIdPattern =
  /^\/subscriptions\/[0-9a-f-]{36}(\/resourceGroups\/[^/]{1,90})?\/providers\/[A-Za-z0-9.]+(\/[A-Za-z0-9]+\/[^/?#\s]+)+$/i;
