import { Badge } from "@/components/ui/badge";
import { Globe } from "@/components/ui/icons";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { At, Time } from "@/components/ui/time";
import type { CoverageDetail } from "./queries";
import { RegionLinks } from "./tag-link";
import { rangeLooks } from "./words";

/** How a range stands where no list keeps anything out. */
const unrestricted = { tone: "neutral", icon: Globe, word: "Not restricted" } as const;
const order = { missing: 0, partial: 1, covered: 2, "not-applicable": 3 } as const;

/** The ranges that count, those that lack first. */
export function RangeTable({ ranges }: { ranges: CoverageDetail["ranges"] }) {
  const head = (
    <>
      <Th>Range</Th>
      <Th>State</Th>
      <Th>Let in by</Th>
      <Th>Regions</Th>
      <Th>In the tag since</Th>
    </>
  );
  return (
    <Table label="Table of ranges" head={head} className="md:min-w-[52rem]">
      {ranges
        .toSorted((a, b) => (a.state === null || b.state === null ? 0 : order[a.state] - order[b.state]))
        .map((range) => (
          <RangeRow key={range.prefix} range={range} />
        ))}
    </Table>
  );
}

function RangeRow({
  range: { prefix, state, coveredBy, missing, regions, firstSeenAt, notInUseBefore },
}: {
  range: CoverageDetail["ranges"][number];
}) {
  const { tone, icon, word } = state === null ? unrestricted : rangeLooks[state];
  return (
    <Tr>
      <Td className="font-mono break-all">{prefix}</Td>
      <Td beside>
        <Badge tone={tone} icon={icon}>
          {word}
        </Badge>
      </Td>
      <Td label="Let in by">
        {coveredBy.length > 0 ? (
          <span className="font-mono break-all">{coveredBy.join(", ")}</span>
        ) : (
          <span className="text-ink-3">{state === null || state === "not-applicable" ? "no need" : "nothing"}</span>
        )}
        {state === "partial" && <p className="mt-0.5 text-xs text-ink-3">lacks {missing.join(", ")}</p>}
      </Td>
      <Td beside label="Regions">
        {regions.length === 0 ? "all" : <RegionLinks regions={regions} />}
      </Td>
      <Td beside label="In the tag since">
        {firstSeenAt === null ? <span className="text-ink-3">before the first snapshot</span> : <Time iso={firstSeenAt} />}
        {notInUseBefore !== null && (
          <p className="text-xs text-ink-3">
            not in use before <At iso={notInUseBefore} />
          </p>
        )}
      </Td>
    </Tr>
  );
}
