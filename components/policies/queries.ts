import { queryOf } from "@/components/shell/query";
import type { Answer } from "@/lib/http/contract";

export type PolicyAnswer = Answer<"GET /api/v1/policies">;

export const policyQuery = () => queryOf("GET /api/v1/policies");
