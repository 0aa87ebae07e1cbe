import { block, type Check, notVerified, ok, type PreflightCheck, warn, whyUnread } from "../check";
import type { DeploymentFacts } from "../facts";
import { neededProviders } from "../providers";

const preview = { key: "trusted-access-preview", group: "subscription", title: "Preview feature TrustedAccessPreview" } as const;
const policy = { key: "azure-policy", group: "subscription", title: "Azure Policy" } as const;

/** The subscription: its resource providers, the preview feature that old guides ask for, and Azure Policy. */
export const checkSubscription: Check = (look) => [
  ...neededProviders(look.input).map((namespace) => providerOf(namespace, look.facts)),
  previewOf(look.facts),
  notVerified(
    policy,
    "Whether Azure Policy or a policy inside the cluster denies a step shows only when the step is tried.",
    "Ask the owners of the policies for an exemption beforehand where a rule on extensions, namespaces or images is known.",
  ),
];

function providerOf(namespace: string, facts: DeploymentFacts): PreflightCheck {
  const about = { key: `provider:${namespace.toLowerCase()}`, group: "subscription", title: `Resource provider ${namespace}` } as const;
  const { providers } = facts;
  if (providers.state !== "ok") return notVerified(about, `Whether ${namespace} is registered cannot be read ${whyUnread(providers)}.`);
  const state = providers.value.find((one) => one.namespace.toLowerCase() === namespace.toLowerCase())?.state ?? "NotRegistered";
  if (state === "Registered") return ok(about, "It is registered.");
  if (state === "Registering") return warn(about, "It is being registered, which takes some minutes.", "The run waits for it.");
  if (state === "Unregistering")
    return block(about, "It is being unregistered.", "Wait until that is over; the run can then register it again.");
  return warn(
    about,
    "It is not registered. The run registers it first, which takes one to ten minutes.",
    `Whoever executes needs ${namespace}/register/action on the subscription.`,
  );
}

// The API is generally available (azure-aks-docs, trusted-access-feature); guides of the preview's time still ask for the flag.
function previewOf({ features }: DeploymentFacts): PreflightCheck {
  const found =
    features.state === "ok"
      ? features.value.find((one) => one.name.split("/").at(-1)?.toLowerCase() === "trustedaccesspreview")?.state
      : undefined;
  const state = found === undefined ? "" : ` In this subscription it is ${found}, which changes nothing.`;
  return ok(preview, `It is obsolete: Trusted Access is generally available and needs no preview feature.${state}`);
}
