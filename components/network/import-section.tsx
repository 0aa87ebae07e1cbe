import { Section } from "@/components/ui/section";
import { ImportFile } from "./import-file";
import { ImportFromAzure } from "./import-from-azure";
import type { TagsInUse } from "./queries";

/** The import, for who may; to others, who may. `tags`: undefined while they are read. */
export function ImportSection({ mayImport, tags }: { mayImport: boolean; tags: TagsInUse | undefined }) {
  const source = tags?.source ?? null;
  const reads = source === null ? null : `The worker reads ${source.place} every ${source.hours} hours.`;
  if (!mayImport)
    return (
      <Section title="Where they come from">
        <p>
          {reads} Service tags are imported with the portal role Administrator: ask an administrator of Bindery where a newer list is
          needed.
        </p>
      </Section>
    );
  const inUse = tags?.current?.id;
  return (
    <Section title="Import" aside={reads}>
      <div className="grid gap-x-6 gap-y-4 lg:grid-cols-2">
        <ImportFile inUse={inUse} />
        <ImportFromAzure inUse={inUse} regions={[...new Set(tags?.tags.flatMap(({ region }) => region ?? []))]} />
      </div>
    </Section>
  );
}
