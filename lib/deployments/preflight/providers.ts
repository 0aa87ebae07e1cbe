import type { DeploymentFacts } from "./facts";
import type { DeploymentInput } from "./input";

/** Resource providers that the cluster's subscription must have registered for this deployment. */
export function neededProviders({ extension }: DeploymentInput): string[] {
  return [
    "Microsoft.ContainerService",
    ...(extension === "present" ? [] : ["Microsoft.KubernetesConfiguration"]),
    "Microsoft.MachineLearningServices",
  ];
}

/** Those of them that the run has to register; none when it cannot be read which are registered. */
export function missingProviders(input: DeploymentInput, { providers }: Pick<DeploymentFacts, "providers">): string[] {
  if (providers.state !== "ok") return [];
  const registered = new Set(
    providers.value.flatMap(({ namespace, state }) => (state === "Registered" || state === "Registering" ? [namespace.toLowerCase()] : [])),
  );
  return neededProviders(input).filter((namespace) => !registered.has(namespace.toLowerCase()));
}
