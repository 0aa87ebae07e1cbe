import { Table, Td, Th, Tr } from "@/components/ui/table";
import { At } from "@/components/ui/time";
import { InUse } from "./in-use";
import type { TagDetail } from "./queries";

/** The ranges of a tag, the newest first, then in the order of their addresses. */
export function TagRanges({ ranges }: Pick<TagDetail, "ranges">) {
  const head = (
    <>
      <Th>Range</Th>
      <Th>In the tag since</Th>
      <Th>Azure may call from it</Th>
    </>
  );
  return (
    <Table label="Table of ranges" head={head}>
      {ranges
        .toSorted((a, b) => compare(b.firstSeenAt ?? "", a.firstSeenAt ?? ""))
        .map(({ prefix, firstSeenAt, notInUseBefore }) => (
          <Tr key={prefix}>
            <Td className="font-mono break-all">{prefix}</Td>
            <Td beside label="In the tag since">
              {firstSeenAt === null ? <span className="text-ink-3">before the first snapshot</span> : <At iso={firstSeenAt} />}
            </Td>
            <Td label="Azure may call from it">
              <InUse notBefore={notInUseBefore} />
            </Td>
          </Tr>
        ))}
    </Table>
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
