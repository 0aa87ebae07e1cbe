import { ArmId } from "@/components/ui/arm-id";
import { Facts, Nothing } from "@/components/ui/facts";
import { Fold } from "@/components/ui/fold";
import { Minus, Plus } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { NetworkPlanView } from "@/components/requests/shapes";
import { entryKeys } from "./entry-keys";
import { scopeWords } from "./words";

/** What a plan changes of a list of authorized ranges, and who may be locked out by it. */
export function NetworkChanges({ clusterId, network }: { clusterId: string; network: NetworkPlanView["network"] }) {
  const { list, limit, scope, regions, tags, lockOut } = network;
  return (
    <div className="space-y-3">
      {lockOut.length > 0 && (
        <Notice tone="warning" title="Who may be locked out">
          <ul aria-label="Who may be locked out" className="list-disc pl-4">
            {lockOut.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Facts
        items={[
          ["Cluster", <ArmId key="cluster" id={clusterId} what="cluster id" />],
          ["Entries", `${list.before.length} → ${list.after.length} of ${limit}`],
          ["Changes", <Differences key="changes" {...list} />],
          ["Ranges of", tags === null ? <Nothing key="none">no service tag</Nothing> : `${scopeWords[scope]}: ${regions.join(", ")}`],
          ["Service tags out since at least", tags === null ? undefined : <Time key="tags" iso={tags.since} />],
        ]}
      />
      <Fold summary={`The whole list as it will be (${list.after.length})`}>
        <ul className="font-mono text-xs break-all">
          {entryKeys(list.after).map(([key, entry]) => (
            <li key={key}>{entry}</li>
          ))}
        </ul>
      </Fold>
    </div>
  );
}

function Differences({ added, removed }: NetworkPlanView["network"]["list"]) {
  if (added.length + removed.length === 0) return <Nothing />;
  return (
    <ul className="space-y-0.5">
      {entryKeys(added).map(([key, entry]) => (
        <li key={`+${key}`} className="flex items-center gap-1.5">
          <Plus aria-hidden className="size-3.5 shrink-0 text-success-ink" />
          <span className="font-mono text-xs break-all">{entry}</span>
          <span className="text-xs text-ink-3">added</span>
        </li>
      ))}
      {entryKeys(removed).map(([key, entry]) => (
        <li key={`-${key}`} className="flex items-center gap-1.5">
          <Minus aria-hidden className="size-3.5 shrink-0 text-danger-ink" />
          <span className="font-mono text-xs break-all line-through">{entry}</span>
          <span className="text-xs text-ink-3">removed</span>
        </li>
      ))}
    </ul>
  );
}
