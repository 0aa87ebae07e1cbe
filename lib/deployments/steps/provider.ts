import { getProvider, registerProvider } from "@/lib/azure/providers";
import { valueOf } from "@/lib/azure/readable";
import { subscriptionOf } from "@/lib/kernel/resource-id";
import type { PlanStep } from "@/lib/plans/plan";
import type { Part } from "./part";

/** Registers a resource provider: Azure answers at once, and the subscription reads as Registered some minutes later. */
export const providerPart: Part = {
  async read(caller, plan, step) {
    const { namespace, state } = valueOf(await getProvider(caller, subscriptionOf(plan.target.clusterId), namespaceOf(step)), step.subject);
    if (state === "Registered") return { state: "done", after: { namespace, state } };
    return state === "Registering"
      ? { state: "in-flight", before: { namespace, state } }
      : { state: "not-begun", before: { namespace, state } };
  },
  async act(caller, plan, step) {
    const accepted = await registerProvider(caller, subscriptionOf(plan.target.clusterId), namespaceOf(step));
    return { ...accepted, after: null };
  },
};

function namespaceOf({ resourceId }: PlanStep): string {
  return resourceId.split("/").at(-2) ?? "";
}
