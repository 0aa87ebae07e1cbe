import { expect, test } from "vitest";
import { deployPlan } from "@/lib/deployments/testing";
import type { Precondition } from "@/lib/plans/plan";
import { namingPlanner } from "./whose-reading";

test("checks that another person reads name the one whose token made them", () => {
  const check = (label: string, message: string): Precondition => ({ key: label, label, status: "not-verified", message });
  const plan = {
    ...deployPlan(),
    plannedBy: { oid: "ines", name: "Ines Duarte" },
    preconditions: [
      check("Your Azure rights", "Which locks there are cannot be read with your Azure rights."),
      check("Rights", "You do not hold it, and it cannot be read until you sign in again."),
      check("Extension", "No workspace that you can see uses it any more. Name your own secret."),
    ],
  };
  expect(namingPlanner(plan).preconditions.map(({ label, message }) => [label, message])).toEqual([
    ["Azure rights of Ines Duarte", "Which locks there are cannot be read with the Azure rights of Ines Duarte."],
    ["Rights", "Ines Duarte does not hold it, and it cannot be read until Ines Duarte signs in again."],
    ["Extension", "No workspace that Ines Duarte can see uses it any more. Name your own secret."],
  ]);
});
