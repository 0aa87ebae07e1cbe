import { z } from "zod";
import { apiVersions, providerPathOf } from "./deployment-calls";
import type { FeatureRegistration } from "./deployment-types";
import { callArm, getJson } from "./pipeline";
import { readable } from "./readable";
import type { AzureCaller, Readable } from "./types";

const ArmFeature = z.object({ properties: z.object({ state: z.string() }) });

/** The state of a preview feature in a subscription. `absent`: Azure knows no such feature, or not any more. */
export async function getFeature(
  caller: AzureCaller,
  subscriptionId: string,
  provider: string,
  name: string,
): Promise<Readable<FeatureRegistration>> {
  const path = `${providerPathOf(subscriptionId, "Microsoft.Features")}/providers/${provider}/features/${encodeURIComponent(name)}`;
  return readable(() =>
    callArm(caller, async (arm) => {
      const { properties } = ArmFeature.parse(await getJson(arm, `${path}?api-version=${apiVersions.features}`));
      return { provider, name, state: properties.state };
    }),
  );
}
