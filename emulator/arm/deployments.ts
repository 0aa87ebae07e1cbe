import { createHash } from "node:crypto";
import { jsonOf, type Reply } from "../server/exchange";
import type { Deployment } from "../state/extension-shapes";
import type { ResourceGroup } from "../state/shapes";
import { groupId, keyOf, tenantId } from "../tenant/ids";
import { knobsOf } from "../world";
import { checkApiVersion } from "./api-versions";
import { refuseLocked } from "./authorization";
import type { ArmCall } from "./context";
import { ArmError, GuardError, groupNotFound } from "./errors";
import { page } from "./paging";
import { authorizationFailed, callerMay, need } from "./rbac";
import { isRegistered } from "./registrations";
import { readTemplate, type Template } from "./template";
import { durationOf, makesType } from "./template-resources";

const type = "Microsoft.Resources/deployments";

/** GET …/deployments */
export function listDeployments(call: ArmCall): Reply {
  const group = groupOf(call);
  need(call, `${type}/read`, group.id);
  const rows = [...call.world.store.table("deployments").values()].filter((one) => keyOf(one.groupId) === keyOf(group.id));
  return { status: 200, body: page(call, rows.map(shown), knobsOf(call.world).listPageSize) };
}

/** GET …/deployments/{name} */
export function getDeployment(call: ArmCall): Reply {
  need(call, `${type}/read`, deploymentPath(call));
  return { status: 200, body: shown(kept(call)) };
}

/** GET …/deployments/{name}/operations: one for each resource that was begun. */
export function listDeploymentOperations(call: ArmCall): Reply {
  need(call, `${type}/operations/read`, deploymentPath(call));
  const one = kept(call);
  const rows = one.steps.map((step, index) => {
    const state = step.state;
    const status =
      step.error === null
        ? { statusCode: state === "Running" ? "Accepted" : "OK" }
        : { statusCode: "Conflict", statusMessage: { error: step.error } };
    const targetResource = { id: step.resourceId, resourceType: step.resourceType, resourceName: step.resourceName };
    const id = createHash("sha256").update(`${one.id}/${index}`).digest("hex").slice(0, 16).toUpperCase();
    return {
      id: `${one.id}/operations/${id}`,
      operationId: id,
      properties: {
        provisioningOperation: "Create",
        provisioningState: state,
        timestamp: new Date(step.endsAt).toISOString(),
        ...status,
        targetResource,
      },
    };
  });
  return { status: 200, body: page(call, rows, knobsOf(call.world).listPageSize) };
}

/** GET …/deployments/{name}/operationStatuses/{id} */
export function getDeploymentStatus(call: ArmCall): Reply {
  need(call, `${type}/operationstatuses/read`, deploymentPath(call));
  const { state, steps } = kept(call);
  return { status: 200, body: { status: state, ...(state === "Failed" ? { error: failure(steps) } : {}) } };
}

/** POST …/deployments/{name}/validate: 200 with what would be made, or the refusal that a deployment would meet at once. */
export function validateDeployment(call: ArmCall): Reply {
  need(call, `${type}/validate/action`, deploymentPath(call));
  const { template, mode } = read(call);
  const validatedResources = template.resources.map((one) => ({ id: one.id }));
  return {
    status: 200,
    body: {
      id: deploymentPath(call),
      name: call.params[2],
      type,
      properties: { mode, provisioningState: "Succeeded", parameters: template.parameters, validatedResources },
    },
  };
}

/** PUT …/deployments/{name}: 201, or 200 where one of that name was; its resources come one after another. */
export function putDeployment(call: ArmCall): Reply {
  const path = deploymentPath(call);
  need(call, `${type}/write`, path);
  refuseLocked(call, path, "write");
  const before = call.world.store.table("deployments").get(keyOf(path));
  if (before?.state === "Running")
    throw new ArmError(
      409,
      "DeploymentActive",
      `Unable to edit or replace deployment '${before.name}': previous deployment from '${new Date(before.startedAt).toISOString()}' is still active.`,
    );
  const { template, mode, hash } = read(call);
  const deployment = begun(call, template, mode, hash);
  call.world.store.table("deployments").set(keyOf(path), deployment);
  call.world.store.flush();
  const address = `${call.world.addresses.azure}${deployment.id}/operationStatuses/${call.requestId}?api-version=${call.apiVersion}`;
  return { status: before === undefined ? 201 : 200, headers: { "azure-asyncoperation": address }, body: shown(deployment) };
}

function begun(call: ArmCall, template: Template, mode: string, templateHash: string): Deployment {
  const startedAt = call.world.clock.now();
  let at = startedAt;
  const told = call.fault?.operation;
  const steps = template.resources.map((wanted, index) => {
    at += call.world.clock.scaled(durationOf(wanted.type));
    const error =
      index === template.resources.length - 1 && told !== undefined && told.status !== "Succeeded"
        ? { code: told.code, message: told.message }
        : null;
    return {
      resourceId: wanted.id,
      resourceType: wanted.type,
      resourceName: wanted.name,
      endsAt: at,
      wanted,
      told: error,
      error: null,
      state: "Running" as const,
    };
  });
  const group = groupOf(call);
  return {
    id: `${group.id}/providers/${type}/${call.params[2] ?? ""}`,
    name: call.params[2] ?? "",
    groupId: group.id,
    mode,
    templateHash,
    parameters: template.parameters,
    outputs: template.outputs,
    steps,
    state: "Running",
    startedAt,
    hangs: call.fault?.hang === true,
    correlationId: call.correlationId,
  };
}

/** Reads a body and asks of each resource what ARM asks before it begins: its type and api-version, the caller's right, the provider. */
function read(call: ArmCall): { template: Template; mode: string; hash: string } {
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

function failure(steps: Deployment["steps"]): object {
  const details = steps.flatMap((step) => (step.error === null ? [] : [step.error]));
  return {
    code: "DeploymentFailed",
    message:
      "At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.",
    details,
  };
}

function kept(call: ArmCall): Deployment {
  const one = call.world.store.table("deployments").get(keyOf(deploymentPath(call)));
  if (one === undefined) throw new ArmError(404, "DeploymentNotFound", `Deployment '${call.params[2] ?? ""}' could not be found.`);
  return one;
}

function groupOf(call: ArmCall): ResourceGroup {
  const [subscriptionId = "", name = ""] = call.params;
  const group = call.world.store.table("resourceGroups").get(keyOf(groupId(subscriptionId, name)));
  if (group === undefined) throw groupNotFound(name);
  return group;
}

function deploymentPath(call: ArmCall): string {
  const [subscriptionId = "", group = "", name = ""] = call.params;
  return `${groupId(subscriptionId, group)}/providers/${type}/${name}`;
}

function shown(one: Deployment): object {
  const failed = one.state === "Failed" ? { error: failure(one.steps) } : {};
  const done =
    one.state === "Succeeded" ? { outputs: one.outputs, outputResources: one.steps.map((step) => ({ id: step.resourceId })) } : {};
  const ends = one.steps.at(-1)?.endsAt ?? one.startedAt;
  return {
    id: one.id,
    name: one.name,
    type,
    properties: {
      templateHash: one.templateHash,
      parameters: one.parameters,
      mode: one.mode,
      provisioningState: one.state,
      timestamp: new Date(one.state === "Running" ? one.startedAt : ends).toISOString(),
      correlationId: one.correlationId,
      ...failed,
      ...done,
    },
  };
}
