import { ContainerServiceClient } from "@azure/arm-containerservice";
import { clusterOf } from "./cluster-shape";
import { listOverSubscriptions } from "./partial-list";
import { callArm, getPages, lastJson } from "./pipeline";
import { queries, queryGraph } from "./resource-graph";
import { readable } from "./readable";
import { bindingApiVersion, clusterPartsOf } from "./trusted-access";
import type { AzureCaller, Cluster, KubernetesVersion, PartialList, Readable } from "./types";

/** Clusters over all subscriptions that the person can read, by id. Subscriptions that could not be read are named in `failures`. */
export async function listClusters(caller: AzureCaller): Promise<PartialList<Cluster>> {
  return listOverSubscriptions(
    caller,
    async (timed) => (await queryGraph(timed, queries.clusters)).map(clusterOf),
    (timed, subscription) =>
      callArm(timed, async (arm) =>
        (
          await getPages(
            arm,
            `/subscriptions/${subscription.id}/providers/Microsoft.ContainerService/managedClusters?api-version=${bindingApiVersion}`,
          )
        ).map(clusterOf),
      ),
  );
}

/** One cluster. `absent` is a proven 404. */
export async function getCluster(caller: AzureCaller, clusterId: string): Promise<Readable<Cluster>> {
  const { subscriptionId, resourceGroup, name } = clusterPartsOf(clusterId);
  return readable(() =>
    callArm(caller, async (arm) => {
      await new ContainerServiceClient(arm.credential, subscriptionId, {
        ...arm.options,
        apiVersion: bindingApiVersion,
      }).managedClusters.get(resourceGroup, name);
      return clusterOf(lastJson(arm));
    }),
  );
}

/** The minor versions of Kubernetes that AKS offers in a region, as Azure lists them. The right to read them is held at the subscription. */
export async function listKubernetesVersions(
  caller: AzureCaller,
  subscriptionId: string,
  location: string,
): Promise<Readable<KubernetesVersion[]>> {
  return readable(() =>
    callArm(caller, async (arm) => {
      const client = new ContainerServiceClient(arm.credential, subscriptionId, { ...arm.options, apiVersion: bindingApiVersion });
      const { values = [] } = await client.managedClusters.listKubernetesVersions(location);
      return values.flatMap(({ version, capabilities, isPreview }) =>
        version === undefined
          ? []
          : [{ version, isOfficial: capabilities?.supportPlan?.includes("KubernetesOfficial") ?? false, isPreview: isPreview === true }],
      );
    }),
  );
}
