"use client";
import { useQuery } from "@tanstack/react-query";
import { clusterQuery } from "@/components/clusters/queries";
import { armNames } from "@/components/ui/arm-names";
import { Age } from "@/components/ui/time";
import { slotsChanged } from "../plan/slots";
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
  if (request.state !== "waiting" && request.state !== "approved") return null;
  const changed = slotsChanged(plan, data?.slotsUsed ?? null);
  return (
    <>
      <span className="inline-block whitespace-nowrap">
        <Age iso={plan.plannedAt} />
      </span>
      <output className={`block text-xs font-medium empty:hidden ${changed?.stops === true ? "text-danger-ink" : "text-warning-ink"}`}>
        {changed?.words}
      </output>
    </>
  );
}
