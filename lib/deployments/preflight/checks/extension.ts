import type { Extension } from "@/lib/azure/deployment-types";
import { extensionType } from "../../settings/body";
import { block, type Check, notVerified, ok, type PreflightCheck, warn, whyUnread } from "../check";

const about = { key: "extension-there", group: "extension", title: "Extension on the cluster", field: "extension" } as const;

/** The extension of Azure ML on a cluster, of any name and in any state, or null. */
export function azureMlExtension(extensions: readonly Extension[]): Extension | null {
  return extensions.find((one) => one.extensionType.toLowerCase() === extensionType.toLowerCase()) ?? null;
}

/**
 * A cluster takes one extension of the kind: its namespace is fixed and its definitions are the cluster's. So none may be there that is to
 * be installed, under any name and in any state; and one that is to be used must be installed.
 */
export const checkExtension: Check = ({ input, facts }) => {
  const { extensions } = facts;
  if (extensions.state !== "ok") return [notVerified(about, `Which extensions the cluster has cannot be read ${whyUnread(extensions)}.`)];
  const found = azureMlExtension(extensions.value);
  return [input.extension === "present" ? toBeUsed(found) : toBeInstalled(found)];
};

function toBeUsed(found: Extension | null): PreflightCheck {
  if (found === null) return block(about, "The cluster has no extension of Azure ML.", "Ask for it to be installed with this request.");
  const named = `The extension ${found.name}`;
  switch (found.provisioningState) {
    case "Succeeded":
      return ok(about, `${named} is installed${found.currentVersion === null ? "" : `, version ${found.currentVersion}`}.`);
    case "Creating":
    case "Updating":
      return warn(about, `${named} is being ${found.provisioningState === "Creating" ? "installed" : "updated"}.`, "The run waits for it.");
    case "Deleting":
      return block(about, `${named} is being deleted.`, "Wait until it is gone, then ask for it to be installed with this request.");
    default:
      return block(
        about,
        `${named} is in state ${found.provisioningState}${reasonOf(found)}.`,
        "Delete it, and ask for it to be installed anew.",
      );
  }
}

function toBeInstalled(found: Extension | null): PreflightCheck {
  if (found === null) return ok(about, "The cluster has no extension of Azure ML yet.");
  const named = `The cluster has the extension ${found.name} already, and takes one of the kind`;
  switch (found.provisioningState) {
    case "Succeeded":
      return block(about, `${named}. It is installed.`, "Use the extension that is there, or delete it first.");
    case "Creating":
    case "Updating":
      return block(about, `${named}. Azure is at work on it (${found.provisioningState}).`, "Wait until that is over, then use it.");
    case "Deleting":
      return block(
        about,
        `${named}. It is being deleted.`,
        "Wait until it is gone and the namespace azureml with it, some ten minutes, then try again.",
      );
    default:
      return block(
        about,
        `${named}. It is in state ${found.provisioningState}${reasonOf(found)}.`,
        "Delete it and wait until the namespace azureml is gone, then try again.",
      );
  }
}

const reasonOf = ({ error }: Extension): string => (error === null ? "" : ` (${error.code})`);
