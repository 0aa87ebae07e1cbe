"use client";
import { useQuery } from "@tanstack/react-query";
import { ShieldQuestion } from "@/components/ui/icons";
import { Short } from "@/components/ui/arm-id";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Age } from "@/components/ui/time";
import { absolute } from "@/components/ui/time-words";
import { type Catalogue, type Region, type Role, rolesQuery } from "./queries";
import { RoleCard } from "./role-card";
import { SnapshotHistory } from "./snapshot-history";

/** One catalogue: where it comes from, its roles by the type of source they are for, and its history. */
export function CatalogueView({ region }: { region: Region }) {
  const { data, error, refetch } = useQuery(rolesQuery(region));
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={10} />;
  return (
    <>
      <Source catalogue={data} />
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-3">
          {bySourceType(data.roles).map(([type, roles]) => (
            <Section key={type} title={`For ${type}`} flush aside={`${roles.length} role${roles.length === 1 ? "" : "s"}`}>
              <ul>
                {roles.map((role) => (
                  <RoleCard key={role.fullName} role={role} />
                ))}
              </ul>
            </Section>
          ))}
        </div>
        <Section title="Snapshots" aside={data.hash !== null && <Short text={data.hash} what="hash of the catalogue" length={10} />}>
          <SnapshotHistory history={data.history} />
        </Section>
      </div>
    </>
  );
}

/** Says how far the catalogue can be trusted: read just now, or only remembered, or not known. */
function Source({ catalogue: { source, snapshotAt, message } }: { catalogue: Catalogue }) {
  if (source === "live") return <p>{snapshotAt !== null && <Age iso={snapshotAt} word="read from Azure" />}</p>;
  if (source === "snapshot") {
    return (
      <Notice
        tone="warning"
        title={`Not verified: this is the snapshot of ${snapshotAt === null ? "an unknown time" : absolute(snapshotAt)}`}
      >
        {message} Azure may have changed these roles since. A plan made now says so to its approvers.
      </Notice>
    );
  }
  return (
    <Empty icon={ShieldQuestion} title="These roles are not readable by you">
      {message} Bindery has no snapshot of them either. The list is read at the subscription: ask for Reader there, or let somebody who has
      it open this page.
    </Empty>
  );
}

function bySourceType(roles: Role[]): [type: string, roles: Role[]][] {
  const groups = new Map<string, Role[]>();
  for (const role of roles) groups.set(role.sourceResourceType, [...(groups.get(role.sourceResourceType) ?? []), role]);
  return [...groups].sort(([one], [other]) => one.localeCompare(other));
}
