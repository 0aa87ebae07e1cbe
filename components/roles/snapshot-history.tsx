import { History, PenLine } from "@/components/ui/icons";
import { Short } from "@/components/ui/arm-id";
import { Time } from "@/components/ui/time";
import { Timeline, TimelineItem } from "@/components/ui/timeline";
import type { Catalogue } from "./queries";

/** Earlier snapshots of a catalogue: when Azure changed what the roles may do, and how. */
export function SnapshotHistory({ history }: { history: Catalogue["history"] }) {
  if (history.length === 0)
    return <p className="text-ink-3">Bindery has no snapshot of this catalogue yet. It takes one whenever somebody reads it.</p>;
  return (
    <Timeline label="Snapshots of the catalogue">
      {history.map(({ hash, firstSeenAt, lastSeenAt, changes }, index) => {
        const first = index === history.length - 1;
        return (
          <TimelineItem
            key={hash + firstSeenAt}
            icon={first ? History : PenLine}
            tone={first ? "neutral" : "warning"}
            title={first ? "First seen" : `${changes.length} change${changes.length === 1 ? "" : "s"}`}
            aside={<Time iso={firstSeenAt} />}
          >
            {changes.length > 0 && (
              <ul className="list-disc pl-4">
                {changes.map((change) => (
                  <li key={change} className="break-words">
                    {change}
                  </li>
                ))}
              </ul>
            )}
            <p className="flex flex-wrap items-center gap-x-1 text-xs text-ink-3">
              <Short text={hash} what="hash of the snapshot" length={10} /> last seen <Time iso={lastSeenAt} />
            </p>
          </TimelineItem>
        );
      })}
    </Timeline>
  );
}
