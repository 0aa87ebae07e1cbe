import { Facts, Nothing } from "@/components/ui/facts";
import { AzureResource } from "@/components/shell/azure-resource";
import { CopyButton } from "@/components/ui/copy-button";
import { ClusterReach } from "./marks";
import type { ClusterRow } from "./words";

const onOff = (is: boolean): string => (is ? "enabled" : "disabled");

/** What one should know of a cluster before giving somebody access to it. */
export function ClusterFacts({ cluster }: { cluster: ClusterRow }) {
  return (
    <div className="space-y-1.5">
      <Facts
        columns={3}
        items={[
          ["Subscription", cluster.subscriptionName],
          ["Resource group", cluster.resourceGroup],
          ["Region", cluster.location],
          ["Kubernetes", cluster.kubernetesVersion ?? <Nothing>not known</Nothing>],
          ["Provisioning", cluster.provisioningState],
          ["Power", cluster.powerState ?? <Nothing>not known</Nothing>],
          ["API server", <ClusterReach key="reach" cluster={cluster} />],
          ["Address", <Address key="address" cluster={cluster} />],
          ["Authorized ranges", <Ranges key="ranges" cluster={cluster} />],
          ["Outbound", cluster.outboundType ?? <Nothing>not known</Nothing>],
          ["Local accounts", onOff(!cluster.localAccountsDisabled)],
          ["Entra sign-in", onOff(cluster.entraManaged)],
          ["Azure RBAC", onOff(cluster.azureRbac)],
          ["Identity", cluster.identityType ?? <Nothing />],
          ["Resource id", <AzureResource key="id" id={cluster.id} what="cluster id" />],
          ["Resource UID", cluster.resourceUid === null ? <Nothing>not known</Nothing> : <Uid key="uid" uid={cluster.resourceUid} />],
        ]}
      />
      <Facts items={[["Tags", <Tags key="tags" tags={cluster.tags} />]]} />
    </div>
  );
}

function Address({ cluster: { fqdn, privateFqdn } }: { cluster: ClusterRow }) {
  const address = privateFqdn ?? fqdn;
  if (address === null) return <Nothing />;
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <span title={address} className="truncate">
        {address}
      </span>
      <CopyButton text={address} what="address of the API server" />
    </span>
  );
}

function Ranges({ cluster: { authorizedIpRanges, isPrivate } }: { cluster: ClusterRow }) {
  if (isPrivate) return <Nothing>not used by a private cluster</Nothing>;
  if (authorizedIpRanges === null || authorizedIpRanges.length === 0) return <Nothing>none: every address may connect</Nothing>;
  const shown = authorizedIpRanges.slice(0, 4).join(", ");
  return (
    <span title={authorizedIpRanges.join(", ")} className="font-mono text-xs">
      {shown}
      {authorizedIpRanges.length > 4 && ` and ${authorizedIpRanges.length - 4} more`}
    </span>
  );
}

function Tags({ tags }: { tags: Record<string, string> }) {
  const pairs = Object.entries(tags);
  if (pairs.length === 0) return <Nothing />;
  return (
    <span className="flex flex-wrap gap-1">
      {pairs.map(([key, value]) => (
        <code key={key} className="max-w-full rounded-sm border border-line bg-sunken px-1 font-mono text-xs break-words">
          {key}={value}
        </code>
      ))}
    </span>
  );
}

function Uid({ uid }: { uid: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <code
        title="Another cluster of the same name has another UID: a plan made for this one is then void."
        className="truncate font-mono text-xs"
      >
        {uid}
      </code>
      <CopyButton text={uid} what="resource UID" />
    </span>
  );
}
