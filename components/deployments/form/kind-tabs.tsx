import { Tabs } from "@/components/ui/tabs";
import { isClusterId } from "@/components/requests/form/draft";
import type { DeploymentKind } from "@/lib/plans/plan";

/** The two forms, each in its own address. The cluster goes along to a teardown; the longer form finds its draft as it was left. */
export function KindTabs({ kind, clusterId }: { kind: DeploymentKind; clusterId: string }) {
  const teardown = new URLSearchParams({ kind: "ml-teardown", ...(isClusterId(clusterId) ? { cluster: clusterId.trim() } : {}) });
  return (
    <div className="mb-3">
      <Tabs
        label="What you ask for"
        tabs={[
          { href: "/deployments/new", label: "Deploy", current: kind === "ml-deploy" },
          { href: `/deployments/new?${teardown}`, label: "Take down", current: kind === "ml-teardown" },
        ]}
      />
    </div>
  );
}
