"use client";
import { useQuery } from "@tanstack/react-query";
import { azureMlQuery } from "@/components/clusters/queries";
import { isClusterId } from "@/components/requests/form/draft";
import { armNames } from "@/components/ui/arm-names";
import { FieldWarning } from "@/components/ui/field";

/**
 * That the chosen cluster has the extension, told as soon as it is chosen: it takes one of the kind. `installs`: the form asks for another.
 * Nothing where that is not readable: the check of the request says so.
 */
export function ExtensionThere({ clusterId, installs }: { clusterId: string; installs: boolean }) {
  const { subscription, group, name } = armNames(clusterId.trim());
  // Only what ARM knows is of use here: by this way nobody looks into the cluster.
  const { data } = useQuery({
    ...azureMlQuery({ subscription: subscription ?? "", group: group ?? "", name }, "run-command"),
    enabled: installs && isClusterId(clusterId),
    staleTime: 60_000,
    retry: false,
  });
  const found = data?.extensions.state === "ok" ? data.extensions.value[0] : undefined;
  if (!installs || found === undefined) return null;
  return (
    <FieldWarning id="extension-there">
      The cluster has the extension {found.name} already ({found.provisioningState}), and takes one of the kind:{" "}
      {found.provisioningState === "Succeeded"
        ? "choose “Use the one that is there” below, or have it taken down first."
        : "have it taken down first, or wait until Azure has finished with it."}
    </FieldWarning>
  );
}
