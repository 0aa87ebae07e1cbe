import Link from "next/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { At } from "@/components/ui/time";
import { comparePath } from "./compare-pair";
import type { TagDetail } from "./queries";
import { ChangeCounts, RangeChanges } from "./range-changes";

type Point = TagDetail["history"][number];

/** The snapshots with which a tag changed, the newest first, down to the oldest, where its history begins. The rest are counted. */
export function TagHistory({ name, history }: Pick<TagDetail, "name" | "history">) {
  const shown = history
    .map((point, at) => ({ point, before: history[at - 1] }))
    .filter(({ point, before }) => before === undefined || point.addedCount + point.removedCount > 0)
    .toReversed();
  const same = history.length - shown.length;
  const head = (
    <>
      <Th>Out since at least</Th>
      <Th>Change</Th>
      <Th end>IPv4 ranges</Th>
      <Th end>IPv6 ranges</Th>
    </>
  );
  return (
    <>
      <Table label="Table of snapshots with a change" head={head}>
        {shown.map(({ point, before }) => (
          <HistoryRow key={`${point.at} ${point.snapshotId}`} name={name} point={point} before={before} />
        ))}
      </Table>
      {same > 0 && (
        <p className="border-t border-line px-3 py-1.5 text-xs text-ink-3">
          {same === 1 ? "1 more snapshot" : `${same} more snapshots`} without a change of this tag.
        </p>
      )}
    </>
  );
}

function HistoryRow({ name, point, before }: { name: string; point: Point; before: Point | undefined }) {
  return (
    <Tr>
      <Td beside>
        <At iso={point.at} />
      </Td>
      <Td className="md:w-1/2">
        {before === undefined ? (
          <span className="text-ink-3">the first snapshot</span>
        ) : (
          <>
            <span className="flex flex-wrap items-center gap-x-3">
              <ChangeCounts added={point.addedCount} removed={point.removedCount} />
              <Link href={comparePath(before.snapshotId, point.snapshotId)} className="text-xs text-brand-ink hover:underline">
                all tags compared
              </Link>
            </span>
            <RangeChanges of={name} {...point} />
          </>
        )}
      </Td>
      <Td beside label="IPv4 ranges" end>
        {point.ipv4}
      </Td>
      <Td beside label="IPv6 ranges" end>
        {point.ipv6}
      </Td>
    </Tr>
  );
}
