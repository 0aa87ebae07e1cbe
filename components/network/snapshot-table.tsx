import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { Fold } from "@/components/ui/fold";
import { CircleCheck, GitCompareArrows } from "@/components/ui/icons";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { At, Time } from "@/components/ui/time";
import { comparePath } from "./compare-pair";
import type { Snapshot } from "./queries";
import { SnapshotStanding } from "./snapshot-standing";
import { leading, sourceWords } from "./words";

type Sighting = Snapshot["sightings"][number];

type TableProps = {
  items: readonly Snapshot[];
  currentId: string | undefined;
  busy: boolean;
  /** This person may also withdraw. */
  mayImport: boolean;
};

/** Snapshots, the newest import first: what each holds, who showed it and when, and the way to compare it with the one in use. */
export function SnapshotTable({ items, currentId, busy, mayImport }: TableProps) {
  const head = (
    <>
      <Th>Change number</Th>
      <Th>Came from</Th>
      <Th>Published</Th>
      <Th>Imported</Th>
      <Th>Last seen</Th>
      <Th>Holds</Th>
      <Th>Actions</Th>
    </>
  );
  return (
    <Table label="Table of snapshots" head={head} busy={busy} className="md:min-w-[60rem]">
      {items.map((snapshot, at) => (
        <SnapshotRow key={snapshot.id} snapshot={snapshot} currentId={currentId} previousId={items[at + 1]?.id} mayImport={mayImport} />
      ))}
    </Table>
  );
}

type RowProps = { snapshot: Snapshot; currentId: string | undefined; previousId: string | undefined; mayImport: boolean };

function SnapshotRow({ snapshot, currentId, previousId, mayImport }: RowProps) {
  const { id, isCurrent, withdrawn, sightings, firstSeenAt, tagCount, ipv4Count, ipv6Count } = snapshot;
  const newest = leading(sightings);
  const others = sightings.filter((one) => one !== newest);
  const published = sightings.flatMap(({ publishedAt }) => publishedAt ?? []).toSorted()[0];
  const lastSeen = sightings
    .map(({ lastSeenAt }) => lastSeenAt)
    .toSorted()
    .at(-1);
  const [from, to] = isCurrent || currentId === undefined ? [previousId, id] : [id, currentId];
  return (
    <Tr>
      <Td label="Change number">
        <span className="inline-flex flex-wrap items-center gap-2">
          <span className="num font-medium">{newest?.changeNumber ?? "not known"}</span>
          {isCurrent && (
            <Badge tone="success" icon={CircleCheck}>
              In use
            </Badge>
          )}
          {withdrawn !== null && <Badge tone="danger">Withdrawn</Badge>}
        </span>
        {withdrawn !== null && (
          <p className="max-w-72 text-xs break-words text-ink-3">
            by {withdrawn.by} <At iso={withdrawn.at} />: {withdrawn.because}
          </p>
        )}
      </Td>
      <Td className="max-w-88">
        {newest !== undefined && <SightingLine sighting={newest} />}
        {others.length > 0 && (
          <Fold summary={<span className="text-xs">{others.length === 1 ? "1 more time" : `${others.length} more times`}</span>}>
            <ul className="space-y-1.5">
              {others.map((sighting) => (
                <li key={`${sighting.seenAt} ${sighting.whereFrom}`}>
                  <SightingLine sighting={sighting} />
                  <p className="text-xs text-ink-3">
                    number {sighting.changeNumber}, <At iso={sighting.seenAt} />
                  </p>
                </li>
              ))}
            </ul>
          </Fold>
        )}
      </Td>
      <Td beside label="Published">
        {published === undefined ? <span className="text-ink-3">not known</span> : <Day iso={published} />}
      </Td>
      <Td beside label="Imported">
        <Time iso={firstSeenAt} />
      </Td>
      <Td beside label="Last seen">
        {lastSeen !== undefined && <Time iso={lastSeen} />}
      </Td>
      <Td label="Holds">
        <span className="num">{tagCount}</span> tags
        <p className="num text-xs text-ink-3">
          {ipv4Count} IPv4, {ipv6Count} IPv6 ranges
        </p>
      </Td>
      <Td>
        <span className="flex flex-wrap gap-1.5">
          {from !== undefined && from !== to && (
            <LinkButton size="sm" icon={GitCompareArrows} href={comparePath(from, to)}>
              {isCurrent ? "With the one before" : "With the one in use"}
            </LinkButton>
          )}
          {mayImport && <SnapshotStanding snapshot={snapshot} />}
        </span>
      </Td>
    </Tr>
  );
}

function SightingLine({ sighting: { source, whereFrom, by } }: { sighting: Sighting }) {
  return (
    <>
      <p className="break-all">{whereFrom}</p>
      <p className="text-xs text-ink-3">{sourceWords(source, by)}</p>
    </>
  );
}

/** The name of a weekly file gives the day alone. */
function Day({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} className="num whitespace-nowrap">
      {iso.slice(0, 10)}
    </time>
  );
}
