import { createHash } from "node:crypto";
import { jsonOf } from "../server/exchange";
import type { ResourceGroup } from "../state/shapes";
import { groupId, keyOf, tenantId } from "../tenant/ids";
import { checkApiVersion } from "./api-versions";
import { refuseLocked } from "./authorization";
import type { ArmCall } from "./context";
import { ArmError, GuardError, groupNotFound } from "./errors";
import { authorizationFailed, callerMay } from "./rbac";
import { isRegistered } from "./registrations";
import { readTemplate, type Template } from "./template";
import { makesType } from "./template-resources";

/** Reads a body and asks of each resource what ARM asks before it begins: its type and api-version, the caller's right, the provider. */
export function readDeployment(call: ArmCall): { template: Template; mode: string; hash: string } {
  const group = groupOf(call);
  const { properties } = (jsonOf(call.incoming) ?? {}) as { properties?: { mode?: string; template?: unknown; parameters?: unknown } };
  const mode = properties?.mode ?? "Incremental";
  if (mode.toLowerCase() === "complete")
    throw new GuardError(
      "The local Azure refuses a deployment in mode Complete: it deletes whatever else is in the resource group. Incremental is the one to ask for.",
    );
  if (mode.toLowerCase() !== "incremental")
    throw new ArmError(400, "InvalidDeployment", `The value of deployment mode '${mode}' is not valid.`);
  const scope = {
    subscriptionId: group.id.split("/")[2] ?? "",
    tenantId,
    group: { name: group.name, id: group.id, location: group.location },
  };
  const template = readTemplate(properties?.template, properties?.parameters, scope);
  for (const one of template.resources) {
    if (!makesType(one.type))
      throw new ArmError(400, "InvalidTemplate", `The local Azure does not make resources of type '${one.type}' from a template.`);
    checkApiVersion(new URLSearchParams({ "api-version": one.apiVersion }), one.type, group.location);
    refuseForbidden(call, one.type, one.id);
    const namespace = one.type.split("/")[0] ?? "";
    if (!isRegistered(call.world, group.id, namespace))
      throw new ArmError(
        409,
        "MissingSubscriptionRegistration",
        `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`,
      );
    refuseLocked(call, one.id, "write");
  }
  return {
    template,
    mode: "Incremental",
    hash: createHash("sha256").update(JSON.stringify(properties?.template)).digest("hex").slice(0, 20),
  };
}

function refuseForbidden(call: ArmCall, resourceType: string, id: string): void {
  const action = `${resourceType}/write`;
  if (callerMay(call, action, id)) return;
  const { upn, oid } = call.caller;
  const { message } = authorizationFailed(call.caller, action, id);
  throw new ArmError(
    403,
    "InvalidTemplateDeployment",
    `Deployment failed with multiple errors: 'Authorization failed for template resource '${id.split("/").at(-1) ?? ""}' of type '${resourceType}'. The client '${upn}' with object id '${oid}' does not have permission to perform action '${action}' at scope '${id}'.'`,
    {},
    { details: [{ code: "AuthorizationFailed", message }] },
  );
}

/** The resource group of the call. Throws 404. */
export function groupOf(call: ArmCall): ResourceGroup {
  const [subscriptionId = "", name = ""] = call.params;
  const group = call.world.store.table("resourceGroups").get(keyOf(groupId(subscriptionId, name)));
  if (group === undefined) throw groupNotFound(name);
  return group;
}
