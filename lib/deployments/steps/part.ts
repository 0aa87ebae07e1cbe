import type { StepRunner } from "@/lib/runs/steps";

/** How one kind of step of a deployment is carried out. */
export type Part = Pick<StepRunner, "read" | "act"> & Partial<Pick<StepRunner, "poll" | "evidence" | "accepted" | "confirmed" | "bodyOf">>;

/** For a step that only waits: the engine never asks it to write. */
export const writesNothing: Part["act"] = () => Promise.reject(new Error("This step writes nothing."));
