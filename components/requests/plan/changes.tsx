import { ArrowRight, Minus, Plus } from "@/components/ui/icons";
import { ArmId } from "@/components/ui/arm-id";
import { armNames, roleName } from "@/components/ui/arm-names";
import { Facts, Nothing } from "@/components/ui/facts";
import { SlotMeter } from "@/components/ui/meter";
import { hoursText } from "@/lib/policies/words";
import type { ReactNode } from "react";
import type { BindingPlanView } from "../shapes";
import { slotsAfter } from "./slots";

/** What the plan changes: roles before and after, source, slots, how long. `slotsNote` stands beside the slots: they are the ones of the plan. */
export function PlanChanges({ plan, slotsNote }: { plan: BindingPlanView; slotsNote?: ReactNode }) {
  const { target } = plan;
  return (
    <Facts
      items={[
        ["Roles", <RoleChanges key="roles" plan={plan} />],
        ["Source", <SourceChange key="source" plan={plan} />],
        ["Binding", <ArmId key="binding" id={target.bindingId} what="binding id" />],
        ["Cluster", <ArmId key="cluster" id={target.clusterId} what="cluster id" />],
        [
          "Slots",
          <span key="slots">
            <SlotMeter used={target.slotsUsed} limit={target.slotLimit} after={slotsAfter(plan)} /> {slotsNote}
          </span>,
        ],
        ["How long", durationWords(plan)],
      ]}
    />
  );
}

function durationWords({ after, duration }: BindingPlanView): string {
  if (after === null) return "the access ends";
  if (duration.type === "standing") return "standing, without an end";
  return `${hoursText(duration.hours)}; Azure keeps no end: the bindings page marks it as overdue then, and a person revokes`;
}

function RoleChanges({ plan }: { plan: BindingPlanView }) {
  const [before, after] = [plan.before?.roles ?? [], plan.after?.roles ?? []];
  const replaced = isReplaced(plan);
  // Of another source nothing is kept: one loses what the other gets.
  const had = new Set(replaced ? [] : before.map((role) => role.toLowerCase()));
  const gets = new Set(replaced ? [] : after.map((role) => role.toLowerCase()));
  const nameOf = (state: BindingPlanView["before"]): string => (replaced && state !== null ? armNames(state.sourceResourceId).name : "");
  const lines = [
    ...after.map((role) => ({ role, change: had.has(role.toLowerCase()) ? "kept" : "added", source: nameOf(plan.after) })),
    ...before.filter((role) => !gets.has(role.toLowerCase())).map((role) => ({ role, change: "removed", source: nameOf(plan.before) })),
  ];
  if (lines.length === 0) return <Nothing />;
  return (
    <ul className="space-y-0.5">
      {lines.map(({ role, change, source }) => (
        <li key={change + role} title={role} className="flex flex-wrap items-center gap-x-1.5">
          {change === "added" && <Plus aria-hidden className="size-3.5 shrink-0 text-success-ink" />}
          {change === "removed" && <Minus aria-hidden className="size-3.5 shrink-0 text-danger-ink" />}
          <span className={`font-mono text-xs ${change === "removed" ? "line-through" : ""}`}>{roleName(role)}</span>
          <span className="text-xs text-ink-3">
            {change}
            {source !== "" && ` ${change === "removed" ? "from" : "to"} ${source}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Another source: the binding is deleted and made anew. */
function isReplaced({ before, after }: BindingPlanView): boolean {
  return before !== null && after !== null && before.sourceResourceId.toLowerCase() !== after.sourceResourceId.toLowerCase();
}

function SourceChange({ plan }: { plan: BindingPlanView }) {
  const { before, after, target } = plan;
  if (before === null || after === null || !isReplaced(plan)) return <ArmId id={target.sourceResourceId} what="source id" />;
  return (
    <span className="flex flex-wrap items-center gap-1">
      <ArmId id={before.sourceResourceId} what="old source id" />
      <ArrowRight aria-label="becomes" className="size-3.5" />
      <ArmId id={after.sourceResourceId} what="new source id" />
      <span className="text-xs text-ink-3">(deleted and created: Azure does not change a binding's source)</span>
    </span>
  );
}
