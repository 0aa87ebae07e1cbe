import { AzureResource } from "@/components/shell/azure-resource";
import { ArmId } from "@/components/ui/arm-id";
import { CopyButton } from "@/components/ui/copy-button";
import { Facts, Nothing } from "@/components/ui/facts";
import type { WorkspaceDetail } from "./queries";
import { identityWords } from "./workspace-list";

/** What a deployment asks of a workspace: its identities, and the resources that it rests on. */
export function WorkspaceFacts({ workspace }: { workspace: WorkspaceDetail["workspace"] }) {
  const { identity, userAssignedIdentities, primaryUserAssignedIdentity } = workspace;
  return (
    <div className="space-y-1.5">
      <Facts
        columns={3}
        items={[
          ["Subscription", workspace.subscriptionName],
          ["Resource group", workspace.resourceGroup],
          ["Region", workspace.location ?? <Nothing>not known</Nothing>],
          ["Public network", workspace.publicNetworkAccess?.toLowerCase() ?? <Nothing>not known</Nothing>],
          ["Identity", identityWords(identity.type)],
          ["Principal", identity.principalId === null ? <Nothing /> : <Principal key="principal" id={identity.principalId} />],
          ["Storage", <Resource key="storage" id={workspace.storageAccount} what="storage account id" />],
          ["Key vault", <Resource key="vault" id={workspace.keyVault} what="key vault id" />],
          ["Registry", <Resource key="registry" id={workspace.containerRegistry} what="container registry id" />],
          ["Insights", <Resource key="insights" id={workspace.applicationInsights} what="application insights id" />],
          ["Resource id", <AzureResource key="id" id={workspace.id} what="workspace id" />],
          [
            "Primary identity",
            primaryUserAssignedIdentity === null ? undefined : <ArmId key="primary" id={primaryUserAssignedIdentity} what="identity id" />,
          ],
        ]}
      />
      {userAssignedIdentities.length > 0 && (
        <Facts
          items={[
            [
              "User-assigned",
              <ul key="identities">
                {userAssignedIdentities.map(({ id, principalId }, index) => (
                  <li key={id} className="flex flex-wrap items-center gap-2">
                    <ArmId id={id} what="identity id" />
                    {principalId !== null && <Principal id={principalId} />}
                    {index === 0 && userAssignedIdentities.length > 1 && (
                      <span className="text-xs text-ink-3">the one that serves a compute</span>
                    )}
                  </li>
                ))}
              </ul>,
            ],
          ]}
        />
      )}
    </div>
  );
}

function Resource({ id, what }: { id: string | null; what: string }) {
  return id === null ? <Nothing /> : <ArmId id={id} what={what} />;
}

function Principal({ id }: { id: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <code className="truncate font-mono text-xs">{id}</code>
      <CopyButton text={id} what="principal id" />
    </span>
  );
}
