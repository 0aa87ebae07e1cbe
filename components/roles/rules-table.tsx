import type { Rule } from "@/lib/roles/rules";
import { ruleRows } from "./rule-rows";

/** What a role may do in the cluster, in Kubernetes words: API group, resources, verbs. */
export function RulesTable({ rules, label }: { rules: readonly Rule[]; label: string }) {
  const rows = ruleRows(rules);
  if (rows.length === 0) return <p className="text-ink-3">This role has no rules: it allows nothing.</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the box scrolls, so the keyboard must reach it
    <section aria-label={label} tabIndex={0} className="overflow-x-auto">
      <table className="card-rows w-full [--card-padding:0.25rem_0] border-collapse text-left text-xs">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b border-line text-ink-3">
            <th scope="col" className="py-1 pr-3 font-medium">
              API group
            </th>
            <th scope="col" className="py-1 pr-3 font-medium">
              Resources
            </th>
            <th scope="col" className="py-1 font-medium">
              Verbs
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.group} ${row.verbs.join()} ${row.names.join()}`} className="border-b border-line align-top last:border-0">
              <td className="min-w-20 py-1 pr-3 break-words text-ink-2 sm:whitespace-nowrap">{row.group}</td>
              <td className="min-w-36 py-1 sm:min-w-48 pr-3 font-mono break-words">
                {row.resources.join(", ")}
                {row.names.length > 0 && <span className="font-sans text-ink-3"> only {row.names.join(", ")}</span>}
              </td>
              <td className="min-w-24 py-1 font-mono text-ink-2">{row.verbs.join(" ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
