import { RulesTable } from "@/components/roles/rules-table";
import { Fold } from "@/components/ui/fold";
import { RiskBadge } from "@/components/ui/risk-badge";
import type { Access } from "./words";

type Own = Extract<NonNullable<Access["namespace"]>, { state: "ok" }>["value"];

/** Roles, role bindings and service accounts of the extension's namespace. */
export function NamespaceAccess({ access: { roles, bindings, serviceAccounts } }: { access: Own }) {
  if (roles.length + bindings.length + serviceAccounts.length === 0)
    return <p className="text-ink-3">The namespace azureml is not there, or has no roles, role bindings or service accounts.</p>;
  return (
    <div className="grid gap-x-6 gap-y-3 lg:grid-cols-2">
      <div className="min-w-0">
        <h3 className="mb-1 font-semibold">Roles ({roles.length})</h3>
        <ul className="space-y-1">
          {roles.map(({ name, rules, risk }) => (
            <li key={name}>
              <Fold
                summary={
                  <span className="inline-flex flex-wrap items-center gap-2">
                    <span className="font-mono text-xs break-all">{name}</span> <RiskBadge level={risk} />
                  </span>
                }
              >
                <RulesTable rules={rules} label={`Rules of ${name}`} />
              </Fold>
            </li>
          ))}
        </ul>
      </div>
      <div className="min-w-0 space-y-3">
        <div>
          <h3 className="mb-1 font-semibold">Role bindings ({bindings.length})</h3>
          <ul className="space-y-1">
            {bindings.map(({ name, role, subjects }) => (
              <li key={name} className="break-words">
                <span className="font-mono text-xs">{name}</span>{" "}
                <span className="text-ink-2">
                  gives {role.kind} {role.name} to {subjects.map(nameOf).join(", ") || "nobody"}
                </span>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3 className="mb-1 font-semibold">Service accounts ({serviceAccounts.length})</h3>
          <p className="font-mono text-xs break-words">{serviceAccounts.join(", ")}</p>
        </div>
      </div>
    </div>
  );
}

const nameOf = ({ kind, name, namespace }: Own["bindings"][number]["subjects"][number]): string =>
  `${kind} ${namespace === null ? "" : `${namespace}/`}${name}`;
