"use client";
import { useQuery } from "@tanstack/react-query";
import { clusterQuery } from "@/components/clusters/queries";
import { queryOf } from "@/components/shell/query";
import { armNames } from "@/components/ui/arm-names";
import { Age } from "@/components/ui/time";
import { slotsChanged, slotsWanted } from "../plan/slots";
import type { BindingPlanView, RequestDetail } from "../shapes";

/**
 * How old the plan's count of slots is; for whoever may decide or start also the count of now, read with that person's own rights, where it
 * is another one. Nothing where the request is over.
 */
export function SlotsNow({ request, plan }: { request: RequestDetail; plan: BindingPlanView }) {
  const { subscription, group, name } = armNames(plan.target.clusterId);
  const { data } = useQuery({
    ...clusterQuery({ subscription: subscription ?? "", group: group ?? "", name }),
    enabled: request.may.approve.allowed || request.may.start.allowed,
    retry: false,
  });
  const { data: open } = useQuery({
    ...queryOf("GET /api/v1/requests", { query: { cluster: plan.target.clusterId, kind: "binding-grant", state: "waiting", limit: 20 } }),
    enabled: request.state === "waiting" && slotsWanted(plan, data?.slotsUsed ?? null, plan.target.slotLimit) !== null,
    retry: false,
  });
  if (request.state !== "waiting" && request.state !== "approved") return null;
  const changed = slotsChanged(plan, data?.slotsUsed ?? null);
  const others = (open?.items ?? []).filter(({ id }) => id !== request.id).length;
  return (
    <>
      <span className="inline-block whitespace-nowrap">
        <Age iso={plan.plannedAt} />
      </span>
      <output className={`block text-xs font-medium empty:hidden ${changed?.stops === true ? "text-danger-ink" : "text-warning-ink"}`}>
        {[changed?.words, slotsWanted(plan, data?.slotsUsed ?? null, others)].filter(Boolean).join(" ")}
      </output>
    </>
  );
}
