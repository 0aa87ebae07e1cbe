import { PageHeader } from "@/components/ui/section";
import { Tabs } from "@/components/ui/tabs";

const parts = [
  ["/network", "Service tags"],
  ["/network/clusters", "Clusters"],
  ["/network/snapshots", "Snapshots"],
] as const;

/** Head of the network pages: what Azure ML calls from, which clusters let it in, and where the service tags come from. */
export function NetworkHead({ part, below }: { part: (typeof parts)[number][0]; below: string }) {
  return (
    <PageHeader
      title="Network"
      below={
        <div className="space-y-2">
          <p>{below}</p>
          <Tabs label="Parts of the network" tabs={parts.map(([href, label]) => ({ href, label, current: href === part }))} />
        </div>
      }
    />
  );
}
