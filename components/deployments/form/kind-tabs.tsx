import { Tabs } from "@/components/ui/tabs";
import { isClusterId } from "@/components/requests/form/draft";
import type { DeploymentKind } from "@/lib/plans/plan";

/** The two forms, each in its own address; the cluster goes along. */
export function KindTabs({ kind, clusterId }: { kind: DeploymentKind; clusterId: string }) {
  const hrefOf = (one: DeploymentKind): string =>
    `/deployments/new?${new URLSearchParams({ kind: one, ...(isClusterId(clusterId) ? { cluster: clusterId.trim() } : {}) })}`;
  return (
    <div className="mb-3">
      <Tabs
        label="What you ask for"
        tabs={[
          { href: hrefOf("ml-deploy"), label: "Deploy", current: kind === "ml-deploy" },
          { href: hrefOf("ml-teardown"), label: "Take down", current: kind === "ml-teardown" },
        ]}
      />
    </div>
  );
}
