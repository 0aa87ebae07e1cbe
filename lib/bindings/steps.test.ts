import { beforeEach, expect, test, vi } from "vitest";
import type { AzureCaller, Readable, RoleBinding } from "@/lib/azure/types";
import type { BindingPlan, PlanStep } from "@/lib/plans/plan";
import { bindingSteps } from "./steps";

const azure = vi.hoisted(() => ({ getRoleBinding: vi.fn(), putRoleBinding: vi.fn(), deleteRoleBinding: vi.fn() }));
vi.mock("@/lib/azure/trusted-access", () => azure);

const clusterId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c";
const source = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w";
const role = "Microsoft.MachineLearningServices/workspaces/mlworkload";
const other = "Microsoft.MachineLearningServices/workspaces/inference-v1";
const id = `${clusterId}/trustedAccessRoleBindings/b`;
const caller = {} as AzureCaller;

const put = {
  id: "put-binding",
  method: "PUT",
  resourceId: id,
  body: { properties: { sourceResourceId: source, roles: [role, other] } },
} as unknown as PlanStep;
const remove = { id: "delete-binding", method: "DELETE", resourceId: id, body: null } as unknown as PlanStep;
const planOf = (steps: PlanStep[], before: BindingPlan["before"]): BindingPlan =>
  ({ kind: "binding-grant", steps, before, after: null, target: { bindingName: "b", bindingId: id } }) as unknown as BindingPlan;
const binding = (roles: string[], state = "Succeeded", from = source): RoleBinding => ({
  id,
  name: "b",
  sourceResourceId: from,
  roles,
  provisioningState: state,
});
const live = (read: Readable<RoleBinding>) => azure.getRoleBinding.mockResolvedValue(read);
const found = (value: RoleBinding) => live({ state: "ok", value, at: "2026-11-24T12:00:00Z" });

beforeEach(() => vi.resetAllMocks());

test("a grant whose binding is absent has not begun", async () => {
  live({ state: "absent" });
  expect(await bindingSteps.read(caller, planOf([put], null), put)).toEqual({ state: "not-begun", before: null });
});

test("a second look after the write finds it done, so that nothing is written twice", async () => {
  found(binding([other, role.toUpperCase()], "Succeeded", source.toUpperCase()));
  expect((await bindingSteps.read(caller, planOf([put], null), put)).state).toBe("done");
  expect(azure.putRoleBinding).not.toHaveBeenCalled();
});

test("while Azure works on it, the step is in flight", async () => {
  found(binding([role, other], "Updating"));
  expect((await bindingSteps.read(caller, planOf([put], null), put)).state).toBe("in-flight");
});

test("a binding that Azure left failed is told so, and may be written again", async () => {
  found(binding([role, other], "Failed"));
  expect((await bindingSteps.read(caller, planOf([put], null), put)).state).toBe("failed");
});

test("another binding of that name is somebody else's change, not ours to overwrite", async () => {
  found(binding([role]));
  expect((await bindingSteps.read(caller, planOf([put], null), put)).state).toBe("changed");
});

test("a change starts from the binding that was approved to be changed", async () => {
  const before = { name: "b", sourceResourceId: source, roles: [role] };
  found(binding([role]));
  expect((await bindingSteps.read(caller, planOf([put], before), put)).state).toBe("not-begun");
  live({ state: "absent" });
  expect((await bindingSteps.read(caller, planOf([put], before), put)).state).toBe("changed");
});

test("a revoke of what is gone already is done; of another binding it is refused", async () => {
  const before = { name: "b", sourceResourceId: source, roles: [role] };
  live({ state: "absent" });
  expect(await bindingSteps.read(caller, planOf([remove], before), remove)).toEqual({ state: "done", after: null });
  found(binding([role, other]));
  expect((await bindingSteps.read(caller, planOf([remove], before), remove)).state).toBe("changed");
  found(binding([role], "Deleting"));
  expect((await bindingSteps.read(caller, planOf([remove], before), remove)).state).toBe("in-flight");
});

test("a replace creates only when its delete is through", async () => {
  const before = { name: "b", sourceResourceId: `${source}-old`, roles: [role] };
  const plan = planOf([remove, put], before);
  found(binding([role], "Deleting", `${source}-old`));
  expect((await bindingSteps.read(caller, plan, put)).state).toBe("in-flight");
  live({ state: "absent" });
  expect((await bindingSteps.read(caller, plan, put)).state).toBe("not-begun");
});

test.each([
  ["no-permission", "rights_needed"],
  ["sign-in", "sign_in_needed"],
  ["unavailable", "azure_unavailable"],
] as const)("an unreadable binding (%s) is never taken for an absent one", async (state, code) => {
  live({ state, message: "no" });
  await expect(bindingSteps.read(caller, planOf([remove], null), remove)).rejects.toMatchObject({ code });
});

test("the write sends the plan's own body and nothing else", async () => {
  azure.putRoleBinding.mockResolvedValue({ status: 201, operationUrl: "https://arm/op", provisioningState: "Updating" });
  expect(await bindingSteps.act(caller, planOf([put], null), put)).toMatchObject({ status: 201, operationUrl: "https://arm/op" });
  expect(azure.putRoleBinding).toHaveBeenCalledWith(caller, id, { sourceResourceId: source, roles: [role, other] });
});
