import { getProvider, registerProvider } from "@/lib/azure/providers";
import { valueOf } from "@/lib/azure/readable";
import type { PlanStep } from "@/lib/plans/plan";
import type { Part } from "./part";

/** Registers a resource provider: Azure answers at once, and the subscription reads as Registered some minutes later. */
export const providerPart: Part = {
  async read(caller, _plan, step) {
    const registration = registrationOf(step);
    const { namespace, state } = valueOf(await getProvider(caller, registration.subscriptionId, registration.namespace), step.subject);
    if (state === "Registered") return { state: "done", after: { namespace, state } };
    return state === "Registering"
      ? { state: "in-flight", before: { namespace, state } }
      : { state: "not-begun", before: { namespace, state } };
  },
  async act(caller, _plan, step) {
    const { subscriptionId, namespace } = registrationOf(step);
    const accepted = await registerProvider(caller, subscriptionId, namespace);
    return { ...accepted, after: null };
  },
};

/** From `/subscriptions/SUBSCRIPTION/providers/NAMESPACE/register`, which is no id of a resource. */
function registrationOf({ resourceId }: PlanStep): { subscriptionId: string; namespace: string } {
  const [subscriptionId = "", , namespace = ""] = resourceId.split("/").slice(2);
  return { subscriptionId, namespace };
}
