"use client";
import { useQuery } from "@tanstack/react-query";
import { useMe } from "@/components/shell/me";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Facts, Nothing } from "@/components/ui/facts";
import { Globe } from "@/components/ui/icons";
import { NoAnswer } from "@/components/ui/no-answer";
import { Section } from "@/components/ui/section";
import { RowLink, Table, Td, Th, Tr } from "@/components/ui/table";
import { At, Time } from "@/components/ui/time";
import { NetworkHead } from "./network-head";
import { type TagsInUse, tagsQuery } from "./queries";
import { SourceFailure } from "./source-failure";
import { tagPath } from "./tag-link";
import { TagWarnings } from "./tag-warnings";
import { leading } from "./words";

/** The addresses that Azure ML calls from, by region, as the service tags in use have them. */
export function TagsPage() {
  const query = useQuery(tagsQuery());
  const { data } = query;
  return (
    <>
      <NetworkHead
        part="/network"
        below="The addresses that Azure ML calls from, as Microsoft's service tags have them. What a cluster lets in of them is on the cluster's own page, under Network."
      />
      <NoAnswer query={query} rows={10} />
      {data !== undefined && (
        <div className="space-y-3">
          <TagWarnings warnings={data.warnings} count={data.warningCount} />
          <SourceFailure source={data.source} />
          {data.current === null ? <NoTags source={data.source} /> : <Tags data={data} current={data.current} />}
        </div>
      )}
    </>
  );
}

function NoTags({ source }: Pick<TagsInUse, "source">) {
  const mayImport = useMe()?.can.administer === true;
  return (
    <Section title="Service tags">
      <Empty
        icon={Globe}
        title="No service tags yet"
        action={mayImport && <LinkButton href="/network/snapshots">Import service tags</LinkButton>}
      >
        {source === null
          ? "An administrator imports Microsoft's weekly file, or names it in BINDERY_SERVICE_TAGS for the worker to read."
          : `The worker reads ${source.place} every ${source.hours} hours.`}
      </Empty>
    </Section>
  );
}

function Tags({ data: { tags, source }, current }: { data: TagsInUse; current: NonNullable<TagsInUse["current"]> }) {
  const sighting = leading(current.sightings);
  return (
    <>
      <Section title="Service tags in use">
        <Facts
          columns={2}
          items={[
            ["Out since at least", <Time key="since" iso={current.since} />],
            [
              "From",
              sighting === undefined ? <Nothing key="none">not known</Nothing> : `${sighting.whereFrom}, number ${sighting.changeNumber}`,
            ],
            ["Holds", `${current.tagCount} tags, ${current.ipv4Count} IPv4 and ${current.ipv6Count} IPv6 ranges`],
            ["Read anew", source === null ? <Nothing key="hand">by hand</Nothing> : `every ${source.hours} hours from ${source.place}`],
          ]}
        />
      </Section>
      <Section title="Azure ML by region" flush aside={`${tags.length} tags`}>
        <TagTable tags={tags} />
      </Section>
    </>
  );
}

function TagTable({ tags }: Pick<TagsInUse, "tags">) {
  const head = (
    <>
      <Th>Service tag</Th>
      <Th>Region</Th>
      <Th end>IPv4 ranges</Th>
      <Th end>IPv6 ranges</Th>
      <Th>Not in use yet</Th>
    </>
  );
  return (
    <Table label="Table of service tags" head={head}>
      {tags.map(({ name, region, ipv4, ipv6, unused, unusedUntil }) => (
        <Tr key={name}>
          <Td className="break-all">
            <RowLink href={tagPath(name)}>{name}</RowLink>
          </Td>
          <Td beside>{region ?? "all regions"}</Td>
          <Td beside label="IPv4 ranges" end>
            {ipv4}
          </Td>
          <Td beside label="IPv6 ranges" end>
            {ipv6}
          </Td>
          <Td beside label="Not in use yet">
            {unused === 0 || unusedUntil === null ? (
              <span className="text-ink-3">none</span>
            ) : (
              <>
                {unused}, until <At iso={unusedUntil} />
              </>
            )}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
