import type { z } from "zod";
import type { Diagnosis } from "@/lib/deployments/diagnosis/diagnosis";
import type { DiagnosisShape } from "./schema-inside";

/** A diagnosis without the change of a plan that it may propose: here is no plan. */
export function diagnosisShape({ id, title, cause, remedy, evidence, retry }: Diagnosis): z.infer<typeof DiagnosisShape> {
  return { id, title, cause, remedy, evidence, retry };
}
