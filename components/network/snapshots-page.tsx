"use client";
import { useQuery } from "@tanstack/react-query";
import { useMe } from "@/components/shell/me";
import { Empty } from "@/components/ui/empty";
import { Globe } from "@/components/ui/icons";
import { Rows, useList } from "@/components/ui/list";
import { Section } from "@/components/ui/section";
import { ImportSection } from "./import-section";
import { NetworkHead } from "./network-head";
import { snapshotFilters, snapshotsQuery, tagsQuery } from "./queries";
import { SnapshotTable } from "./snapshot-table";
import { SourceFailure } from "./source-failure";
import { TagWarnings } from "./tag-warnings";

/** Every list of service tags that Bindery took in, and how another comes in. */
export function SnapshotsPage() {
  const list = useList(snapshotFilters, snapshotsQuery);
  const tags = useQuery(tagsQuery()).data;
  const mayImport = useMe()?.can.administer === true;
  return (
    <>
      <NetworkHead
        part="/network/snapshots"
        below="Each list of service tags that Bindery has seen, once for the same content. The newest publication is in use; older ones tell since when a range is known."
      />
      <div className="space-y-3">
        {tags !== undefined && <TagWarnings warnings={tags.warnings} count={tags.warningCount} />}
        {tags !== undefined && <SourceFailure source={tags.source} />}
        <ImportSection mayImport={mayImport} tags={tags} />
        <Section title="Snapshots" flush aside={list.query.data !== undefined && `of the cloud ${list.query.data.cloud}`}>
          <Rows
            list={list}
            empty={
              <Empty icon={Globe} title="No snapshot yet">
                {mayImport
                  ? "Import the weekly file above, or read the tags from Azure."
                  : "An administrator of Bindery imports Microsoft's weekly file. Until then it is not known what a list lacks."}
              </Empty>
            }
          >
            {({ items }, isBusy) => <SnapshotTable items={items} currentId={tags?.current?.id} busy={isBusy} mayImport={mayImport} />}
          </Rows>
        </Section>
      </div>
    </>
  );
}
