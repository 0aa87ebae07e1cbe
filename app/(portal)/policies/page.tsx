import type { Metadata } from "next";
import { PolicyPage } from "@/components/policies/policy-page";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { requireActor } from "@/lib/auth/gate";
import { readPolicy } from "@/lib/policies/read";

export const metadata: Metadata = { title: "Policies" };

/** The policy in force. */
export default async function PoliciesPage() {
  const actor = await requireActor();
  return (
    <Prefetched reads={[serverRead(actor, "GET /api/v1/policies", {}, () => readPolicy(actor))]}>
      <PolicyPage />
    </Prefetched>
  );
}
