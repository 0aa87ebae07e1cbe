import { z } from "zod";
import { inParallel } from "@/lib/kernel/parallel";
import { apiVersions, providerPathOf, registerPathOf } from "./deployment-calls";
import type { ProviderRegistration } from "./deployment-types";
import { callArm, getJson } from "./pipeline";
import { submitWrite } from "./raw-write";
import { readable } from "./readable";
import type { AcceptedWrite } from "./trusted-access";
import type { AzureCaller, Readable } from "./types";

const ArmProvider = z.object({ namespace: z.string(), registrationState: z.string().nullish() });
const atOnce = 4;

/**
 * Whether a subscription has registered these resource providers, one read for each, in the order given. `absent`: this cloud has no such
 * provider. A state that Azure leaves out, as it does for some of its own, is `Unknown`.
 */
export async function listProviders(
  caller: AzureCaller,
  subscriptionId: string,
  namespaces: readonly string[],
): Promise<Readable<ProviderRegistration>[]> {
  return inParallel(atOnce, namespaces, (namespace) => getProvider(caller, subscriptionId, namespace));
}

/** One registration, as `listProviders` gives it. */
export async function getProvider(caller: AzureCaller, subscriptionId: string, namespace: string): Promise<Readable<ProviderRegistration>> {
  const path = `${providerPathOf(subscriptionId, namespace)}?api-version=${apiVersions.providers}`;
  return readable(() =>
    callArm(caller, async (arm) => {
      const provider = ArmProvider.parse(await getJson(arm, path));
      return { namespace: provider.namespace, state: provider.registrationState ?? "Unknown" };
    }),
  );
}

/**
 * Asks Azure to register a resource provider in a subscription: it answers at once and takes some minutes; read it to see. Harmless where it is
 * registered. The caller must carry this very write as `plannedWrite`.
 */
export async function registerProvider(caller: AzureCaller, subscriptionId: string, namespace: string): Promise<AcceptedWrite> {
  const resourceId = registerPathOf(subscriptionId, namespace);
  return submitWrite(caller, { method: "POST", resourceId, apiVersion: apiVersions.providers, body: null });
}
