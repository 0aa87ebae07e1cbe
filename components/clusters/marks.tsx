import { Factory } from "@/components/ui/icons";
import { Badge } from "@/components/ui/badge";
import { type ClusterRow, reachLook, stateLook } from "./words";

/** State of a cluster. */
export function ClusterState({ cluster }: { cluster: Pick<ClusterRow, "provisioningState" | "powerState"> }) {
  const { word, tone, icon, meaning } = stateLook(cluster);
  return (
    <Badge tone={tone} icon={icon} title={meaning}>
      {word}
    </Badge>
  );
}

/** Who can reach a cluster's API server. */
export function ClusterReach({ cluster }: { cluster: Pick<ClusterRow, "isPrivate" | "publicFqdnDisabled" | "authorizedIpRanges"> }) {
  const { word, tone, icon, meaning } = reachLook(cluster);
  return (
    <Badge tone={tone} icon={icon} title={meaning}>
      {word}
    </Badge>
  );
}

/** Marks a production cluster: the policy may ask for more there. */
export function ProductionMark() {
  return (
    <Badge tone="info" icon={Factory} title="Its tags mark it as production; the policy may ask for more there.">
      Production
    </Badge>
  );
}
