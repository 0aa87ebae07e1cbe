import type { Extension } from "@/lib/azure/deployment-types";
import { deleteExtension, getExtension, putExtension } from "@/lib/azure/extensions";
import type { Json } from "@/lib/kernel/json";
import type { RunRecord } from "@/lib/runs/store";
import { collectEvidence } from "../evidence";
import { openValues } from "../protected-store";
import { type ExtensionBody, type FilledExtensionBody, fillProtected } from "../settings/body";
import { withoutSecrets } from "../without-secrets";
import { liveOf } from "./live";
import type { Part } from "./part";

/** Installs the extension. */
export const putExtensionPart: Part = {
  async read(caller, _plan, step) {
    const live = liveOf(await getExtension(caller, step.resourceId), step.subject);
    if (live === null) return { state: "not-begun", before: null };
    const difference = differenceOf(live, step.body as ExtensionBody);
    if (difference !== null)
      return { state: "changed", what: `The extension ${live.name} is there already, and is not what was planned: ${difference}.` };
    if (live.provisioningState === "Succeeded") return { state: "done", after: shownOf(live) };
    if (live.provisioningState === "Failed" || live.provisioningState === "Canceled")
      return {
        state: "failed",
        what: live.error?.message ?? `Azure left the extension in state ${live.provisioningState}.`,
        before: shownOf(live),
      };
    if (live.provisioningState === "Deleting")
      return { state: "changed", what: `The extension ${live.name} is being deleted by somebody.` };
    return { state: "in-flight", before: shownOf(live) };
  },
  async act(caller, _plan, step) {
    const body = step.body as FilledExtensionBody;
    const secrets = Object.values(body.properties.configurationProtectedSettings);
    const accepted = await putExtension(caller, step.resourceId, body).catch((error: unknown) => {
      throw withoutSecrets(error, secrets);
    });
    return { ...accepted, after: null };
  },
  async bodyOf({ requestId }: RunRecord, _plan, step) {
    const body = step.body as ExtensionBody;
    if (Object.keys(body.properties.configurationProtectedSettings).length === 0) return step.body;
    const values = await openValues(requestId);
    return fillProtected(body, (ref) => values.get(ref));
  },
  evidence: (caller, plan) => collectEvidence(caller, plan),
};

/** Deletes the extension. */
export const deleteExtensionPart: Part = {
  async read(caller, _plan, step) {
    const live = liveOf(await getExtension(caller, step.resourceId), step.subject);
    if (live === null) return { state: "done", after: null };
    if (live.provisioningState === "Deleting") return { state: "in-flight", before: shownOf(live) };
    return { state: "not-begun", before: shownOf(live) };
  },
  async act(caller, _plan, step) {
    const accepted = await deleteExtension(caller, step.resourceId);
    return { ...accepted, after: null };
  },
};

/** What differs between an extension and the planned one, in words; null: nothing. Azure may add settings of its own, and never shows secrets. */
function differenceOf(live: Extension, { properties }: ExtensionBody): string | null {
  if (live.extensionType.toLowerCase() !== properties.extensionType.toLowerCase()) return `its type is ${live.extensionType}`;
  if (properties.version !== undefined && live.version !== null && live.version !== properties.version)
    return `its version is ${live.version}`;
  const changed = Object.entries(properties.configurationSettings).find(([key, value]) => live.settings[key] !== value);
  return changed === undefined ? null : `its setting ${changed[0]} is ${live.settings[changed[0]] ?? "not there"} and not ${changed[1]}`;
}

/** What the record keeps of an extension: its plain settings are no secret, Azure shows them to whoever may read it. */
export function shownOf(live: Extension): Json {
  const { name, extensionType, provisioningState, currentVersion, releaseTrain, autoUpgrade, settings, error } = live;
  return { name, extensionType, provisioningState, currentVersion, releaseTrain, autoUpgrade, settings, error };
}
