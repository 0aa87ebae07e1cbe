import { Equal, Minus, Plus } from "@/components/ui/icons";

export type RuleChangeLine = {
  change: "added" | "removed" | "kept";
  risk: "low" | "medium" | "critical";
  group: string;
  resource: string;
  verbs: string[];
};

const signs = {
  added: { icon: Plus, word: "added", className: "bg-success-tint text-success-ink" },
  removed: { icon: Minus, word: "removed", className: "bg-danger-tint text-danger-ink" },
  kept: { icon: Equal, word: "kept", className: "text-ink-3" },
} as const;

const riskLooks = { critical: "font-semibold text-danger-ink", medium: "text-warning-ink", low: "text-ink-3" } as const;

/** What access in Kubernetes is added, removed and kept, and how dangerous each line is: sign, word and colour. */
export function RuleChanges({ changes, label = "Kubernetes access" }: { changes: RuleChangeLine[]; label?: string }) {
  return (
    <table className="card-rows w-full [--card-padding:0.25rem_0] border-collapse text-left text-xs">
      <caption className="sr-only">{label}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Change</th>
          <th scope="col">Risk</th>
          <th scope="col">API group</th>
          <th scope="col">Resource</th>
          <th scope="col">Verbs</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ change, risk, group, resource, verbs }) => {
          const { icon: Icon, word, className } = signs[change];
          return (
            <tr key={`${change} ${group}/${resource}`} className="border-b border-line last:border-0">
              <td data-beside className="w-20 py-0.5 pr-1.5 whitespace-nowrap">
                <span className={`inline-flex w-full items-center gap-1 rounded-sm px-1.5 ${className}`}>
                  <Icon aria-hidden className="size-3" />
                  {word}
                </span>
              </td>
              <td data-beside className={`w-16 px-1.5 py-0.5 ${riskLooks[risk]}`}>
                {risk}
              </td>
              <td data-beside className="px-1.5 py-0.5 text-ink-3">
                {group}
              </td>
              <td data-beside className="px-1.5 py-0.5 font-mono break-all">
                {resource}
              </td>
              <td className="px-1.5 py-0.5 font-mono text-ink-2">{verbs.join(" ")}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
