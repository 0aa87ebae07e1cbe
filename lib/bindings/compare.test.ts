import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BindingName } from "@/lib/requests/schema";
import { makerOf, standingOf } from "./compare";
import type { ApprovedBinding } from "./facts";
import { suggestName } from "./suggest-name";
import { binding, defenderId, inference, mlworkload, subscriptionId, vaultId, workspaceId } from "./testing";

const approved = (changes: Partial<ApprovedBinding> = {}): ApprovedBinding => ({
  name: "b",
  sourceResourceId: workspaceId,
  roles: [mlworkload],
  state: "approved-present",
  remindAt: null,
  ...changes,
});

describe("how a binding stands", () => {
  test.each([
    [
      "as approved, whatever case and order",
      approved({ roles: [inference.toUpperCase(), mlworkload], sourceResourceId: workspaceId.toUpperCase() }),
      binding("b", { roles: [mlworkload, inference] }),
      "approved-here",
    ],
    ["never approved", null, binding("b"), "made-outside"],
    ["approved and gone", approved(), null, "missing"],
    ["wider than approved", approved(), binding("b", { roles: [mlworkload, inference] }), "different"],
    ["as approved but failed", approved(), binding("b", { provisioningState: "Failed" }), "failed"],
    ["back after an approved removal", approved({ state: "approved-absent" }), binding("b"), "made-outside"],
  ])("%s", (_what, record, live, standing) => {
    expect(standingOf(record, live)?.standing).toBe(standing);
  });

  test("nothing approved and nothing there is nothing to show", () => {
    expect(standingOf(null, null)).toBeNull();
    expect(standingOf(approved({ state: "approved-absent" }), null)).toBeNull();
  });

  test("the difference says what is too much, too little, and another source", () => {
    expect(standingOf(approved(), binding("b", { sourceResourceId: vaultId, roles: [inference] }))?.difference).toBe(
      "Azure's binding gives access to backup vault vault-1, approved was workspace ml-dev; it has inference-v1, which was not approved; it lacks mlworkload, which was approved.",
    );
    expect(standingOf(approved(), null)?.difference).toBe("Approved here, and not in Azure: mlworkload for workspace ml-dev.");
    expect(standingOf(approved({ state: "approved-absent" }), binding("b"))?.difference).toBe(
      "Its removal was approved here, and it is in Azure.",
    );
  });
});

describe("who made a binding", () => {
  test.each([
    ["what was approved here", binding("b"), approved(), "Bindery"],
    ["a generated name for a workspace with mlworkload alone", binding("3f2b1c9e77aa41d2"), null, "Azure ML attach"],
    ["a name in words for a workspace", binding("ml-dev-mlworkload"), null, "hand or a template"],
    ["a wider binding of a workspace", binding("3f2b1c9e77aa41d2", { roles: [mlworkload, inference] }), null, "hand or a template"],
    ["a vault with a name of Azure Backup's form", binding("16987634996993c51c18b-7", { sourceResourceId: vaultId }), null, "Azure Backup"],
    ["a vault with another name", binding("backup", { sourceResourceId: vaultId }), null, "hand or a template"],
    ["a plan of Defender", binding("defender-cloudposture", { sourceResourceId: defenderId }), null, "Microsoft Defender"],
    ["a binding that was approved here and changed outside", binding("ml", { roles: [inference] }), approved(), "hand or a template"],
    ["a source of no known form", binding("x", { sourceResourceId: "nonsense" }), null, "hand or a template"],
  ])("%s", (_what, live, record, name) => {
    const maker = makerOf(live, record);
    expect(maker.name).toBe(name);
    expect(maker.reason).toMatch(/^[A-Z].+\.$/);
  });
});

describe("suggested names", () => {
  const idOf = (name: string) =>
    `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/${name}`;
  test("join source and role, and cut the source where both do not fit", () => {
    expect(suggestName(workspaceId, mlworkload)).toBe("ml-dev-mlworkload");
    expect(suggestName(idOf("contoso-vision-production-east"), inference)).toMatch(/^contos-[0-9a-f]{4}-inference-v1$/);
  });
  test("are Azure names, stable, free, and different for long names that begin alike", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_.-]{1,40}$/).filter((text) => !/^\.+$/.test(text));
    fc.assert(
      fc.property(name, fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/), (source, role) => {
        const id = idOf(source);
        const first = suggestName(id, `A.B/c/${role}`);
        expect(BindingName.safeParse(first).success).toBe(true);
        expect(suggestName(id.toUpperCase(), `A.B/c/${role}`).toLowerCase()).toBe(first.toLowerCase());
        const second = suggestName(id, `A.B/c/${role}`, [first.toUpperCase()]);
        expect(BindingName.safeParse(second).success).toBe(true);
        expect(second.toLowerCase()).not.toBe(first.toLowerCase());
      }),
    );
    expect(suggestName(idOf("contoso-vision-production-east"), mlworkload)).not.toBe(
      suggestName(idOf("contoso-vision-production-west"), mlworkload),
    );
  });
});
