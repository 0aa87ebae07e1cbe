import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { CoverageDetail } from "./queries";
import { entryWords } from "./words";

/** The entries of the list, in its own order. */
export function EntryTable({ entries }: { entries: CoverageDetail["entries"] }) {
  const head = (
    <>
      <Th>Entry</Th>
      <Th>What it is</Th>
      <Th>Added by Bindery</Th>
    </>
  );
  return (
    <Table label="Table of entries" head={head}>
      {entries.map(({ raw, kind, addedAt, note }, at) => (
        // An entry may stand in the list twice.
        <Tr key={`${at} ${raw}`}>
          <Td className="font-mono break-all">{raw}</Td>
          <Td>
            {entryWords[kind]}
            {note !== null && <p className="mt-0.5 text-xs break-words text-ink-3">{note}</p>}
          </Td>
          <Td beside label="Added by Bindery">
            {addedAt === null ? <span className="text-ink-3">no</span> : <Time iso={addedAt} />}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
