import { expect, test } from "vitest";
import { azurePortalHref } from "./azure-portal";

const id =
  "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/resourceGroups/rg (ml)/providers/Microsoft.ContainerService/managedClusters/aks";

test("a resource's page in the Azure portal is in this tenant, and there is none in a cloud without a portal", () => {
  expect(azurePortalHref("https://portal.azure.us", "contoso", id)).toBe(
    `https://portal.azure.us/#@contoso/resource${id.replace(" ", "%20")}`,
  );
  expect(azurePortalHref(null, "contoso", id)).toBeNull();
});
