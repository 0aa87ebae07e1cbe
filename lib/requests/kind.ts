import type { AzureCaller, Cluster, Readable } from "@/lib/azure/types";
import type { AskedValues } from "@/lib/deployments/protected-store";
import type { Plan, UnreadableFact } from "@/lib/plans/plan";
import type { Planned, PlanningContext } from "@/lib/plans/planning-context";
import type { StepRunner } from "@/lib/runs/steps";
import type { RequestInput } from "./schema";

/** What one person's token saw of all that a request rests on, and how to plan from it. */
export type Looked = {
  cluster: Readable<Cluster>;
  /** Guarded facts of the plan that was held against them which this token cannot read. */
  unreadable: UnreadableFact[];
  plan(context: PlanningContext): Planned;
};

/** A kind of request: how its facts are gathered, how it is planned, and how its steps run. */
export type Kind<Input extends RequestInput = RequestInput> = {
  /** Verb phrase for lists: "Grant a role binding". */
  title: string;
  /** Path of the form that asks for it; it keeps what was typed. */
  form: string;
  /** Reads the facts with a person's token, and changes nothing of the request. `against`: an approved plan that they are held against. */
  look(caller: AzureCaller, input: Input, asker: Pick<AzureCaller, "tid" | "oid">, against?: Plan): Promise<Looked>;
  /** What the request's row is found by: the id of the source or workspace (empty: not known yet) and a name. */
  subject(input: Input, plan: Plan | null): { sourceId: string; name: string };
  /** The protected values that a request asks with, by their keys. Left out: it has none. */
  protectedValues?(input: Input): AskedValues;
  steps: StepRunner;
};
