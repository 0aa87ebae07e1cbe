import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Empty } from "@/components/ui/empty";
import { Equal, Minus, PenLine, Plus, SearchX } from "@/components/ui/icons";
import { Section } from "@/components/ui/section";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { changesText, type Comparison } from "./changes-text";
import { ChangeCounts, RangeChanges } from "./range-changes";
import { TagLink } from "./tag-link";

const looks = {
  came: { tone: "success", icon: Plus, word: "New tag" },
  went: { tone: "danger", icon: Minus, word: "Gone" },
  changed: { tone: "info", icon: PenLine, word: "Changed" },
} as const;

type Props = { comparison: Comparison; isFiltered: boolean; all: string; busy: boolean };

/** What two snapshots differ in, by region and by tag. `all`: address of the comparison without filters. */
export function ComparisonView({ comparison, isFiltered, all, busy }: Props) {
  const { tags, tagCount, regions } = comparison;
  if (tagCount === 0)
    return (
      <Section title="Changed tags">
        {isFiltered ? (
          <Empty icon={SearchX} title="No change matches" action={<LinkButton href={all}>Show all changes</LinkButton>}>
            No tag differs that has this in its name, its region or its changed ranges.
          </Empty>
        ) : (
          <Empty icon={Equal} title="Nothing differs">
            Both snapshots hold the same tags with the same ranges.
          </Empty>
        )}
      </Section>
    );
  return (
    <div className="space-y-3">
      <RegionSums regions={regions} />
      <Section
        title="Changed tags"
        flush
        aside={
          <>
            {tags.length < tagCount ? `the first ${tags.length} of ${tagCount}` : tagCount}
            <CopyButton text={changesText(tags)} what="the changes as text" />
          </>
        }
      >
        <ChangeTable tags={tags} busy={busy} />
      </Section>
    </div>
  );
}

function RegionSums({ regions }: Pick<Comparison, "regions">) {
  const changed = regions.filter(({ added, removed }) => added + removed > 0);
  const same = regions.length - changed.length;
  return (
    <Section title="By region" aside={same > 0 && `${same === 1 ? "1 region" : `${same} regions`} without a change`}>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(12.5rem,1fr))] gap-x-8 gap-y-1">
        {changed.map(({ region, added, removed }) => (
          <li key={region ?? ""} className="flex justify-between gap-2">
            <span className={region === null ? "text-ink-3" : undefined}>{region ?? "tags of all regions"}</span>
            <ChangeCounts added={added} removed={removed} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ChangeTable({ tags, busy }: Pick<Comparison, "tags"> & { busy: boolean }) {
  const head = (
    <>
      <Th>Service tag</Th>
      <Th>Region</Th>
      <Th>What happened</Th>
      <Th end>Added</Th>
      <Th end>Removed</Th>
      <Th end>In both</Th>
    </>
  );
  return (
    <Table label="Table of changed tags" head={head} busy={busy}>
      {tags.map((tag) => (
        <Tr key={tag.name}>
          <Td className="md:w-1/2">
            <span className="font-medium break-all">
              <TagLink name={tag.name} />
            </span>
            <RangeChanges of={tag.name} {...tag} />
          </Td>
          <Td beside label="Region">
            {tag.region ?? "all regions"}
          </Td>
          <Td beside>
            <Badge tone={looks[tag.change].tone} icon={looks[tag.change].icon}>
              {looks[tag.change].word}
            </Badge>
            {tag.shrinks && <p className="mt-0.5 text-xs text-warning-ink">lost {tag.lost === 1 ? "1 range" : `${tag.lost} ranges`}</p>}
          </Td>
          <Td beside label="Added" end>
            {tag.addedCount}
          </Td>
          <Td beside label="Removed" end>
            {tag.removedCount}
          </Td>
          <Td beside label="In both" end>
            {tag.unchanged}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
