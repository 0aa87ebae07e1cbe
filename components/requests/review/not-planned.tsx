import { EyeOff } from "@/components/ui/icons";
import { ArmId } from "@/components/ui/arm-id";
import { roleName } from "@/components/ui/arm-names";
import { Facts } from "@/components/ui/facts";
import { Section } from "@/components/ui/section";
import { span } from "@/components/ui/time-words";
import type { RequestDetail } from "../shapes";

/** A request whose asker could not read the cluster: what was asked, and who can plan it. */
export function NotPlanned({ request: { input, may } }: { request: RequestDetail }) {
  return (
    <Section title="Not planned yet" className="lg:col-span-2">
      <p className="mb-3 flex items-start gap-2">
        <EyeOff aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
        <span>
          Whoever asked could not read this cluster, so nothing about it is shown. An approver who can read it makes the plan with their own
          rights. {may.plan.allowed && "If that is you, make it now: “Plan” at the right."}
        </span>
      </p>
      <Facts
        items={[
          ["Cluster", <ArmId key="cluster" id={input.clusterId} what="cluster id" full />],
          ["Binding", "name" in input ? input.name : "bindingName" in input ? input.bindingName : undefined],
          ["Source", "sourceResourceId" in input ? <ArmId key="source" id={input.sourceResourceId} what="source id" full /> : undefined],
          [
            "Roles",
            "roles" in input ? (
              <span key="roles" className="font-mono text-xs">
                {input.roles.map(roleName).join(", ")}
              </span>
            ) : undefined,
          ],
          ["How long", "hours" in input ? durationWords(input.hours) : undefined],
        ]}
      />
    </Section>
  );
}

/** Hours come as text from a form's JSON or as a number; null: standing. */
function durationWords(hours: unknown): string {
  return hours === null ? "standing, without an end" : span(Number(hours) * 3600);
}
