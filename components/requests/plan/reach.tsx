import { armNames, clusterPath, roleName } from "@/components/ui/arm-names";
import { Nothing } from "@/components/ui/facts";
import type { BindingPlanView } from "../shapes";
import Link from "next/link";

/** What the same source holds on other clusters that the planner could read. */
export function SourceElsewhere({ plan: { sourceElsewhere } }: { plan: BindingPlanView }) {
  if (sourceElsewhere.length === 0) return <Nothing>Nothing on any cluster that the planner could read.</Nothing>;
  return (
    <ul className="space-y-1">
      {sourceElsewhere.map((held) => (
        <li key={held.clusterId + held.bindingName}>
          <Link href={clusterPath(held.clusterId) ?? "/clusters"} className="text-brand-ink hover:underline">
            {held.clusterName}
          </Link>{" "}
          <span className="text-ink-3">{held.bindingName}:</span>{" "}
          <span className="font-mono text-xs">{held.roles.map(roleName).join(", ")}</span>
        </li>
      ))}
    </ul>
  );
}

/** Who can write to the source and so gets the access without asking. */
export function IndirectAccess({ plan: { indirect } }: { plan: BindingPlanView }) {
  if (indirect === null) return <Nothing>Not readable by the planner: whoever can write to the source gets this access too.</Nothing>;
  if (indirect.length === 0) return <Nothing>Nobody else was found who can write to the source.</Nothing>;
  return (
    <ul className="space-y-1">
      {grouped(indirect).map((writers) => {
        const { roleName: azureRole, scope } = writers[0];
        const key = `${azureRole}|${scope}`;
        return (
          <li key={key}>
            <span className="num">{writers.length}</span> {principalWords(writers)} with the Azure role {azureRole}{" "}
            <span className="text-ink-3" title={scope}>
              on {scopeWords(scope)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

type Writer = NonNullable<BindingPlanView["indirect"]>[number];

/** Writers by Azure role and scope; each group has at least one. */
function grouped(writers: Writer[]): [Writer, ...Writer[]][] {
  const groups = new Map<string, [Writer, ...Writer[]]>();
  for (const writer of writers) {
    const key = `${writer.roleName}|${writer.scope}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [writer]);
    else group.push(writer);
  }
  return [...groups.values()];
}

function principalWords(writers: { principalType: string }[]): string {
  const types = [...new Set(writers.map((writer) => writer.principalType))];
  const word =
    types.length === 1
      ? ({ User: "person", Group: "group", ServicePrincipal: "service principal" }[types[0] ?? ""] ?? "principal")
      : "principal";
  if (writers.length === 1) return word;
  return word === "person" ? "persons" : `${word}s`;
}

function scopeWords(scope: string): string {
  const { name, type, group } = armNames(scope);
  if (type !== "") return name;
  return group === null ? "the subscription" : `the resource group ${group}`;
}
