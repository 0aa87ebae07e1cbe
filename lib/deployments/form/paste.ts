import type { Answer, BodyOut } from "@/lib/http/contract";
import { lintSettings } from "../settings/lint";
import { inputOf, parsePaste } from "../settings/paste";

/**
 * Reads a pasted command for the form. Nothing is stored or logged. Values of protected settings are dropped here, before anything looks at
 * them: their keys alone are told.
 */
export async function readPaste({ text }: BodyOut<"POST /api/v1/deployments/paste">): Promise<Answer<"POST /api/v1/deployments/paste">> {
  const paste = parsePaste(text);
  const { name, cluster, resourceGroup, subscription, version, releaseTrain, autoUpgrade, settings } = paste;
  return {
    name,
    cluster,
    resourceGroup,
    subscription,
    version,
    releaseTrain,
    autoUpgrade,
    settings,
    protectedKeys: Object.keys(paste.protected),
    reading: paste.findings,
    findings: lintSettings({ ...inputOf(paste), protected: {} }),
  };
}
