"use client";
import { useQuery } from "@tanstack/react-query";
import { AlertTriangle, Boxes, CheckCircle2, CircleOff, Link2, type Icon } from "@/components/ui/icons";
import Link from "next/link";
import { standingOrder, standings } from "@/components/bindings/words";
import { clusterPath } from "@/components/ui/arm-names";
import { Failures } from "@/components/ui/failures";
import { Empty } from "@/components/ui/empty";
import { toneIcon } from "@/components/ui/tone-icon";
import { NoAnswer } from "@/components/ui/no-answer";
import { Section } from "@/components/ui/section";
import { Age } from "@/components/ui/time";
import { type Tone, toneInk } from "@/components/ui/tone";
import type { Answer } from "@/lib/http/contract";
import { fleetQuery, standingsQuery } from "./queries";

type Cluster = Answer<"GET /api/v1/clusters">["items"][number];

/** How the clusters are that this person can read: by state, and those that need a look. */
export function Fleet() {
  const query = useQuery(fleetQuery());
  const { data } = query;
  return (
    <Section title="Clusters" aside={data !== undefined && <Age iso={data.at} />} flush>
      <NoAnswer query={query} rows={3} label="Reading your clusters from Azure…" />
      {data !== undefined && <FleetOf data={data} />}
    </Section>
  );
}

function FleetOf({ data }: { data: Answer<"GET /api/v1/clusters"> }) {
  if (data.total === 0 && data.failures.length === 0) {
    return (
      <Empty icon={Boxes} title="You can read no cluster">
        Azure shows you no managed cluster. Ask for the Azure role Reader, or activate the one you are eligible for, then reload.
      </Empty>
    );
  }
  const isStopped = (cluster: Cluster): boolean => cluster.powerState === "Stopped";
  const isFailed = (cluster: Cluster): boolean => !isStopped(cluster) && cluster.provisioningState !== "Succeeded";
  const stopped = data.items.filter(isStopped);
  const failed = data.items.filter(isFailed);
  const more = data.total - data.items.length;
  return (
    <>
      <ul className="grid grid-cols-2 gap-px bg-line sm:grid-cols-4 xl:grid-cols-2 2xl:grid-cols-4">
        <Tile href="/clusters" icon={Boxes} tone="neutral" value={data.total} word="readable" />
        <Tile
          href="/clusters"
          icon={CheckCircle2}
          tone="success"
          value={data.items.length - stopped.length - failed.length}
          word="running"
        />
        <Tile href="/clusters" icon={CircleOff} tone="neutral" value={stopped.length} word="stopped" />
        <Tile
          href="/clusters"
          icon={AlertTriangle}
          tone={failed.length > 0 ? "warning" : "neutral"}
          value={failed.length}
          word="not settled"
        />
      </ul>
      {more > 0 && (
        <p className="px-3 py-1.5 text-xs text-ink-3">
          States are of the first {data.items.length} clusters; {more} more are not counted here.
        </p>
      )}
      {failed.length > 0 && (
        <ul className="divide-y divide-line border-t border-line">
          {failed.slice(0, 5).map((cluster) => (
            <li key={cluster.id} className="flex justify-between gap-3 px-3 py-1.5">
              <Link href={clusterPath(cluster.id) ?? "/clusters"} className="text-brand-ink hover:underline">
                {cluster.name}
              </Link>
              <span className="text-ink-3">{cluster.provisioningState}</span>
            </li>
          ))}
        </ul>
      )}
      {data.failures.length > 0 && (
        <div className="border-t border-line p-3">
          <Failures failures={data.failures} what="clusters" />
        </div>
      )}
    </>
  );
}

/** Role bindings by how they stand to what was approved here. */
export function Standings() {
  const query = useQuery(standingsQuery());
  const { data } = query;
  // Who reads no cluster has no bindings to count: nothing is drawn as zero.
  if (data?.clusters === 0 && !data.fromRecordOnly) {
    return (
      <Section title="Role bindings">
        <p className="text-ink-3">Not readable by you: a cluster's role bindings show with the cluster.</p>
      </Section>
    );
  }
  return (
    <Section title="Role bindings" flush>
      <NoAnswer query={query} rows={3} label="Reading role bindings…" />
      {data !== undefined && (
        <>
          <ul className="grid grid-cols-2 gap-px bg-line sm:grid-cols-3">
            {standingOrder.map((standing) => {
              const { word, tone } = standings[standing];
              const value = data.counts[standing] ?? 0;
              const shown = value === 0 ? "neutral" : tone;
              return (
                <Tile
                  key={standing}
                  href={`/bindings?standing=${standing}`}
                  icon={toneIcon[tone]}
                  tone={shown}
                  value={value}
                  word={word.toLowerCase()}
                />
              );
            })}
            <Tile
              href="/bindings"
              icon={Link2}
              tone="neutral"
              value={standingOrder.reduce((sum, each) => sum + (data.counts[each] ?? 0), 0)}
              word="in all"
            />
          </ul>
          {data.fromRecordOnly && (
            <p className="border-t border-line px-3 py-1.5 text-xs text-ink-3">
              From Bindery's own record; nothing was read from Azure for you.
            </p>
          )}
          {data.failures.length > 0 && (
            <div className="border-t border-line p-3">
              <Failures failures={data.failures} what="role bindings" />
            </div>
          )}
        </>
      )}
    </Section>
  );
}

function Tile({ href, icon: Icon, tone, value, word }: { href: string; icon: Icon; tone: Tone; value: number; word: string }) {
  return (
    <li className="bg-surface">
      <Link href={href} className="flex items-center gap-2 px-3 py-2 hover:bg-hover">
        <Icon aria-hidden className={`size-4 shrink-0 ${toneInk[tone]}`} />
        <span className="num text-lg font-semibold">{value}</span>
        <span className="text-xs whitespace-nowrap text-ink-3">{word}</span>
      </Link>
    </li>
  );
}
