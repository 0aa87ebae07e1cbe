"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { CopyButton } from "@/components/ui/copy-button";
import { Empty } from "@/components/ui/empty";
import { CircleSlash } from "@/components/ui/icons";
import { NoAnswer } from "@/components/ui/no-answer";
import { PageHeader, Section } from "@/components/ui/section";
import { type TagDetail, tagQuery } from "./queries";
import { TagChart } from "./tag-chart";
import { TagHistory } from "./tag-history";
import { TagRanges } from "./tag-ranges";
import { TagWarnings } from "./tag-warnings";

/** One service tag of Azure ML: its ranges, since when each is in it, and how it changed from snapshot to snapshot. */
export function TagPage({ name }: { name: string }) {
  const query = useQuery(tagQuery(name));
  const { data } = query;
  return (
    <>
      <PageHeader
        above={
          <Link href="/network" className="text-brand-ink hover:underline">
            Service tags
          </Link>
        }
        title={<span className="break-all">{data?.name ?? name}</span>}
        below={data !== undefined && belowOf(data)}
      />
      <NoAnswer query={query} rows={10} />
      {data !== undefined && (
        <div className="space-y-3">
          {data.warning !== null && <TagWarnings warnings={[data.warning]} />}
          <Section title="Ranges over time">
            <TagChart history={data.history} />
          </Section>
          <Section title="Ranges in it now" flush aside={<Counted ranges={data.ranges} />}>
            {data.ranges.length === 0 ? (
              <Empty icon={CircleSlash} title="The tag is gone">
                The service tags in use do not have it any more. What it held before stands under the changes.
              </Empty>
            ) : (
              <TagRanges ranges={data.ranges} />
            )}
          </Section>
          <Section title="Snapshots in which it changed" flush>
            <TagHistory name={data.name} history={data.history} />
          </Section>
        </div>
      )}
    </>
  );
}

const belowOf = ({ region }: TagDetail): string =>
  region === null
    ? "The tag of all regions. Only IPv4 ranges count for the authorized ranges of a cluster."
    : `Where Azure ML calls from in ${region}. Only IPv4 ranges count for the authorized ranges of a cluster.`;

function Counted({ ranges }: Pick<TagDetail, "ranges">) {
  const ipv4 = ranges.flatMap(({ prefix }) => (prefix.includes(":") ? [] : [prefix]));
  return (
    <>
      {ipv4.length} IPv4, {ranges.length - ipv4.length} IPv6
      {ipv4.length > 0 && <CopyButton text={ipv4.join("\n")} what="the IPv4 ranges" />}
    </>
  );
}
