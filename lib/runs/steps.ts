import type { AzureCaller } from "@/lib/azure/types";
import type { Tx } from "@/lib/db/client";
import type { Json } from "@/lib/kernel/json";
import type { Plan, PlanStep } from "@/lib/plans/plan";
import type { RunRecord } from "./store";

/** What a read before (or instead of) a write says about a step. */
export type StepReading =
  | { state: "not-begun"; before: Json }
  | { state: "in-flight"; before: Json }
  | { state: "done"; after: Json }
  | { state: "changed"; what: string }
  /** Azure ended the change in failure and left the resource so. */
  | { state: "failed"; what: string; before: Json };

/** ARM's answer to a write that it took. */
export type Accepted = { status: number; operationUrl: string | null; after: Json };

/** How one step of a plan is carried out. Small, testable without the engine; each part is harmless when done twice. */
export type StepRunner = {
  /** Reads the live state and says where the step stands. Throws BinderyError when it cannot be read. */
  read(caller: AzureCaller, plan: Plan, step: PlanStep): Promise<StepReading>;
  /** Makes the one write. The caller carries the planned write that the pipeline compares with. */
  act(caller: AzureCaller, plan: Plan, step: PlanStep): Promise<Accepted>;
  /** Keeps what is from now on the approved state, in the transaction that records that Azure took the step's write. */
  accepted(tx: Tx, run: RunRecord, plan: Plan, step: PlanStep): Promise<void>;
  /** Keeps what was seen, in the transaction that records that the plan's last step reads back as planned. */
  confirmed(tx: Tx, run: RunRecord, plan: Plan): Promise<void>;
};
