import { block, type Check, clusterOf, notVerified, ok, type PreflightCheck, warn } from "../check";
import { egressHosts } from "../egress-hosts";
import type { DeploymentFacts } from "../facts";
import type { DeploymentInput } from "../input";

const egress = { key: "egress", group: "network", title: "Way out of the nodes", field: "clusterId" } as const;
const command = { key: "run-command", group: "network", title: "Commands in the cluster", field: "clusterId" } as const;

/** The way out of the cluster, and Bindery's way in. */
export const checkNetwork: Check = ({ input, facts }) => [...egressOf(facts), ...commandOf(input, facts)];

function egressOf(facts: DeploymentFacts): PreflightCheck[] {
  const cluster = clusterOf(facts);
  if (cluster === null) return [];
  const { outboundType, location } = cluster;
  const hosts = egressHosts(location).join(", ");
  if (outboundType === null) return [notVerified(egress, `Azure does not say how the nodes reach the internet. They need: ${hosts}.`)];
  if (outboundType === "loadBalancer")
    return [ok(egress, "The nodes go out by the cluster's load balancer. Network rules of the subnet are not looked at.")];
  return [
    warn(
      egress,
      `The nodes go out by ${outboundType}. Port 443 must be open to: ${hosts}.`,
      "Check the firewall's rules before the installation: a closed way out shows only after fifteen minutes, without its name.",
    ),
  ];
}

/** A namespace is made, and the cluster's objects are read, by a command through ARM where Bindery does not reach the API server. */
function commandOf({ compute }: DeploymentInput, { runCommand, direct, namespaces }: DeploymentFacts): PreflightCheck[] {
  if (direct === true) return [ok(command, "Bindery reaches the API server itself, and needs no commands through Azure.")];
  const exists = namespaces.state === "ok" && namespaces.value.some(({ name }) => name === compute.namespace);
  if (runCommand === "on") return [ok(command, "Commands may be run in the cluster through Azure.")];
  if (runCommand === null) return [notVerified(command, "Azure does not say whether commands may be run in the cluster.")];
  if (exists)
    return [
      warn(
        command,
        "Commands through Azure are switched off, and Bindery does not reach the API server: pods and reports of the cluster will not be seen.",
        "Switch them on for the time of the run: az aks update --enable-run-command.",
      ),
    ];
  return [
    block(
      command,
      `Commands through Azure are switched off, and Bindery does not reach the API server: it cannot make or find the namespace ${compute.namespace}.`,
      "Switch them on (az aks update --enable-run-command), or let Bindery reach the API server.",
    ),
  ];
}
