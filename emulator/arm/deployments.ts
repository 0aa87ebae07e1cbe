import { createHash } from "node:crypto";
import type { Reply } from "../server/exchange";
import type { Deployment } from "../state/extension-shapes";
import { groupId, keyOf } from "../tenant/ids";
import { knobsOf } from "../world";
import { refuseLocked } from "./authorization";
import type { ArmCall } from "./context";
import { groupOf, readDeployment } from "./deployment-body";
import { failure, shown } from "./deployment-shown";
import { ArmError } from "./errors";
import { page } from "./paging";
import { need } from "./rbac";
import type { Template } from "./template";
import { durationOf } from "./template-resources";

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
  const { template, mode } = readDeployment(call);
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
  const { template, mode, hash } = readDeployment(call);
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

function kept(call: ArmCall): Deployment {
  const one = call.world.store.table("deployments").get(keyOf(deploymentPath(call)));
  if (one === undefined) throw new ArmError(404, "DeploymentNotFound", `Deployment '${call.params[2] ?? ""}' could not be found.`);
  return one;
}

function deploymentPath(call: ArmCall): string {
  const [subscriptionId = "", group = "", name = ""] = call.params;
  return `${groupId(subscriptionId, group)}/providers/${type}/${name}`;
}
