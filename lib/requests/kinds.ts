import type { BindingFacts } from "@/lib/bindings/facts";
import { gatherBindingFacts } from "@/lib/bindings/gather";
import { type Planned, type PlanningContext, planBinding } from "@/lib/bindings/plan";
import { bindingSteps } from "@/lib/bindings/steps";
import type { AzureCaller } from "@/lib/azure/types";
import type { RequestKind } from "@/lib/plans/plan";
import type { StepRunner } from "@/lib/runs/steps";
import type { RequestInput } from "./schema";

/** A kind of request: how its facts are gathered, how it is planned, and how its steps run. */
export type Kind = {
  /** Verb phrase for lists and mails: "Grant a role binding". */
  title: string;
  gather(caller: AzureCaller, input: RequestInput): Promise<BindingFacts>;
  plan(input: RequestInput, facts: BindingFacts, context: PlanningContext): Planned;
  steps: StepRunner;
};

const binding = { gather: gatherBindingFacts, plan: planBinding, steps: bindingSteps };

/** The registry: adding a kind is its folder, one line here and one form component. */
export const kinds: Record<RequestKind, Kind> = {
  "binding-grant": { ...binding, title: "Grant a role binding" },
  "binding-update": { ...binding, title: "Change a role binding" },
  "binding-revoke": { ...binding, title: "Revoke a role binding" },
};
