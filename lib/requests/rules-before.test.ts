import { expect, test } from "vitest";
import { bindingFacts, grantInput, mlworkload, planningContext } from "@/lib/bindings/testing";
import { planBinding } from "@/lib/bindings/plan";
import type { BindingPlan } from "@/lib/plans/plan";
import { rulesBefore } from "./rules-before";

const plan = planBinding(grantInput({ roles: [mlworkload] }), bindingFacts(), planningContext()).plan as BindingPlan;
const held = { name: plan.target.bindingName, sourceResourceId: plan.target.sourceResourceId, roles: [mlworkload.toUpperCase()] };

test("a source keeps the rules that it held, one that takes the place of another gets all anew", async () => {
  expect(await rulesBefore(plan)).toEqual([]);
  const rules = plan.roles.flatMap((role) => role.rules);
  expect(rules).not.toEqual([]);
  const upper = { ...held, sourceResourceId: held.sourceResourceId.toUpperCase() };
  expect(await rulesBefore({ ...plan, before: upper })).toEqual(rules);
  expect(await rulesBefore({ ...plan, before: { ...held, sourceResourceId: `${held.sourceResourceId}-old` } })).toEqual([]);
});
