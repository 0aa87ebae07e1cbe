import type { Whole } from "@/lib/azure/lay-over";
import type { AzureCaller, OperationState } from "@/lib/azure/types";
import type { Tx } from "@/lib/db/client";
import type { Json } from "@/lib/kernel/json";
import type { Plan, PlanStep } from "@/lib/plans/plan";
import type { RunRecord } from "./store";

/** What a read before (or instead of) a write says about a step. */
export type StepReading =
  /** `over`: the whole that the step's body is to be laid over, as it was read. */
  | { state: "not-begun"; before: Json; over?: Whole }
  /** `why`: what is waited for, as a sentence, where it is not the step's own change. */
  | { state: "in-flight"; before: Json; why?: string }
  | { state: "done"; after: Json }
  /**
   * `voids`: what changed is what the approval rests on. Where the run has written nothing yet, the plan is void then. `remedy`: what to do, where it
   * is not to ask again.
   */
  | { state: "changed"; what: string; voids?: true; remedy?: string }
  /** Azure ended the change in failure and left the resource so. */
  | { state: "failed"; what: string; before: Json; over?: Whole };

/** ARM's answer to a write that it took. */
export type Accepted = { status: number; operationUrl: string | null; after: Json };

/** ARM did not take a write now, though nothing is wrong with it: why, as a sentence. It is read again, and such a try does not count. */
export type Postponed = { postponed: string };

/** How one step of a plan is carried out. Small, testable without the engine; each part is harmless when done twice. */
export type StepRunner = {
  /** Reads the live state and says where the step stands. Throws BinderyError when it cannot be read. */
  read(caller: AzureCaller, plan: Plan, step: PlanStep): Promise<StepReading>;
  /** Makes the one write. The caller carries the planned write that the pipeline compares with; `over` is what `read` gave. */
  act(caller: AzureCaller, plan: Plan, step: PlanStep, over?: Whole): Promise<Accepted | Postponed>;
  /** Keeps what is from now on the approved state, in the transaction that records that Azure took the step's write. */
  accepted(tx: Tx, run: RunRecord, plan: Plan, step: PlanStep): Promise<void>;
  /** Keeps what was seen, in the transaction that records that a step reads back as planned. */
  confirmed(tx: Tx, run: RunRecord, plan: Plan, step: PlanStep): Promise<void>;
  /** The body as it goes on the wire, secrets filled in. Left out: as it stands in the plan. */
  bodyOf?(run: RunRecord, plan: Plan, step: PlanStep): Promise<Json>;
  /**
   * The state of the operation behind an address that `act` gave; null: it is ARM's own kind, and is read as such. `after`: the operation's
   * own answer proves what was planned, and nothing is read back.
   */
  poll?(caller: AzureCaller, plan: Plan, step: PlanStep, url: string): Promise<OperationState & { after?: Json }> | null;
  /** What can be seen of a step while Azure works on it, and would be gone when that fails. Gives null when there is nothing to see. */
  evidence?(caller: AzureCaller, plan: Plan, step: PlanStep): Promise<Evidence | null>;
  /** How long the cluster takes to follow, where it is less than it may be: a part of the cloud's settle time, and a sentence. */
  settling?(plan: Plan): { part: number; sentence: string } | null;
  /** Whether the cluster itself shows the change. Not seeing it proves nothing. Left out: nobody looks. */
  seen?(caller: AzureCaller, plan: Plan): Promise<Sighting>;
};

/** What a look into the cluster itself came to; `why`: a sentence. */
export type Sighting = { seen: true } | { seen: false; why: string };

/** What was seen while a step was under way. `kind` names the shape of `document`. Plain JSON without secrets. */
export type Evidence = { kind: string; document: Json };
