import { type Route, readers } from "@/lib/http/route";
import { PolicyAnswer } from "./schema-answer";

/** Routes of the policy in force. */
export const policyRoutes = {
  "GET /api/v1/policies": { summary: "The policy in force", access: readers, response: PolicyAnswer },
} as const satisfies Record<string, Route>;
