import { expect, it } from "vitest";
import { renderCidrList, renderRangesAz, renderRangesTerraform } from "./render-ranges";

const id =
  "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg(ml)/providers/Microsoft.ContainerService/managedClusters/prod";

it("writes a list, one range on a line", () => {
  expect(renderCidrList(["20.42.0.240/28", "40.71.11.64/28"])).toBe("20.42.0.240/28\n40.71.11.64/28\n");
});

it("writes the block of a cluster for Terraform, whatever stands in an entry", () => {
  expect(renderRangesTerraform(["20.42.0.240/28", 'a"${b}'])).toBe(
    'api_server_access_profile {\n  authorized_ip_ranges = [\n    "20.42.0.240/28",\n    "a\\"$${b}",\n  ]\n}\n',
  );
  expect(renderRangesTerraform(["AzureCloud"])).toMatch(/^# azurerm takes ranges only/);
});

it("writes a command of the Azure CLI", () => {
  expect(renderRangesAz(id, ["20.42.0.240/28", "40.71.11.64/28"])).toBe(
    "az aks update \\\n  --subscription 11111111-1111-1111-1111-111111111111 \\\n  --resource-group 'rg(ml)' \\\n  --name prod \\\n  --api-server-authorized-ip-ranges 20.42.0.240/28,40.71.11.64/28\n",
  );
  expect(renderRangesAz(id, ["AzureCloud", "x'y"])).toContain("aks-preview.\naz aks update");
  expect(renderRangesAz(id, ["AzureCloud.", "Azure..Cloud"]), "what the list itself takes for no tag").toMatch(/^az aks update/);
  expect(renderRangesAz(id, ["x'y; rm"])).toContain(`'x'\\''y; rm'`);
});

it("exports no empty list, which would let in every address", () => {
  expect(() => renderRangesAz(id, [])).toThrow("lets in every address");
  expect(() => renderRangesTerraform([])).toThrow("lets in every address");
});
