import { armNames } from "@/components/ui/arm-names";
import { isArmId, isClusterId } from "@/components/requests/form/draft";
import type { DeployBody, LinkQuery } from "../link";

/** What is asked of the extension, as it is typed. Protected settings are references to values that are kept sealed, or `notEntered`. */
export type ExtensionDraft = {
  name: string;
  settings: Record<string, string>;
  protected: Record<string, { ref: string }>;
  version?: string | undefined;
  releaseTrain?: string | undefined;
  autoUpgrade?: boolean | undefined;
};

/** In the place of a reference: the value is yet to be entered. */
export const notEntered = { ref: "" };

/** The form as it is typed. Texts are kept as typed; the server judges them. */
export type DeployDraft = {
  clusterId: string;
  workspaceIsNew: boolean;
  workspaceId: string;
  newWorkspace: string;
  resourceGroup: string;
  region: string;
  /** Install the extension, or use the one that is there. */
  installs: boolean;
  extension: ExtensionDraft;
  compute: string;
  namespace: string;
  /** ARM id of a user-assigned identity; empty: the compute's own. */
  identity: string;
  /** The attach makes the role binding by itself. */
  bindingByAttach: boolean;
  role: string;
  /** Empty: a name after the workspace. */
  bindingName: string;
  /** On a cluster with authorized ranges: let in those of Azure ML that are missing. */
  opensRanges: boolean;
  reason: string;
  ticket: string;
};

export const mlworkload = "Microsoft.MachineLearningServices/workspaces/mlworkload";

/** The draft that a link asks for. What it does not say, or says in a broken way, is as in an empty form. */
export function deployDraft(query: LinkQuery): DeployDraft {
  return {
    clusterId: query.cluster ?? "",
    workspaceIsNew: query.newWorkspace !== undefined,
    workspaceId: query.workspace ?? "",
    newWorkspace: query.newWorkspace ?? "",
    resourceGroup: query.group ?? "",
    region: query.region ?? "",
    installs: query.extension !== "present",
    extension: extensionIn(query.extension),
    compute: query.compute ?? "",
    namespace: query.namespace ?? "",
    identity: query.identity ?? "",
    bindingByAttach: query.role === "attach",
    role: query.role === undefined || query.role === "attach" ? mlworkload : query.role,
    bindingName: query.binding ?? "",
    opensRanges: query.ranges !== "leave",
    reason: query.reason ?? "",
    ticket: query.ticket ?? "",
  };
}

function extensionIn(text: string | undefined): ExtensionDraft {
  const empty: ExtensionDraft = { name: "azureml", settings: {}, protected: {} };
  if (text === undefined || text === "present") return empty;
  try {
    const given = JSON.parse(text) as Record<string, unknown>;
    const settings = typeof given.settings === "object" && given.settings !== null ? Object.entries(given.settings) : [];
    return {
      name: typeof given.name === "string" ? given.name : empty.name,
      settings: Object.fromEntries(settings.map(([key, value]) => [key, String(value)])),
      // Values serve one request alone: of those that a link names, each is entered anew.
      protected: Object.fromEntries(Array.isArray(given.protected) ? given.protected.map((key) => [String(key), notEntered]) : []),
      ...(typeof given.version === "string" ? { version: given.version } : {}),
      ...(typeof given.releaseTrain === "string" ? { releaseTrain: given.releaseTrain } : {}),
      ...(typeof given.autoUpgrade === "boolean" ? { autoUpgrade: given.autoUpgrade } : {}),
    };
  } catch {
    return empty; // a link that somebody cut short
  }
}

/** A new binding's name, where none is written: the workspace's, as far as a binding may be called so. */
export function bindingNameOf({ bindingName, workspaceIsNew, newWorkspace, workspaceId }: DeployDraft): string {
  if (bindingName.trim() !== "") return bindingName.trim();
  const workspace = workspaceIsNew ? newWorkspace : isArmId(workspaceId) ? armNames(workspaceId).name : "";
  const name = `ml-${workspace}`.replace(/[^A-Za-z0-9-]+/g, "-").slice(0, 24);
  return name.replace(/-+$/, "");
}

/** The parts that are still needed before a plan can be made, in the words of their labels, in the order of the form. */
export function missingOfDeploy(draft: DeployDraft): string[] {
  const { extension } = draft;
  const needed: [string, boolean][] = [
    ["cluster", isClusterId(draft.clusterId)],
    ["workspace", draft.workspaceIsNew || isArmId(draft.workspaceId)],
    ["workspace's name", !draft.workspaceIsNew || draft.newWorkspace.trim() !== ""],
    ["resource group", !draft.workspaceIsNew || draft.resourceGroup.trim() !== ""],
    ["region", !draft.workspaceIsNew || draft.region.trim() !== ""],
    ["extension's name", !draft.installs || extension.name.trim() !== ""],
    ["settings", !draft.installs || Object.keys(extension.settings).length > 0],
    ...Object.entries(extension.protected).map(([key, { ref }]): [string, boolean] => [
      `value of ${key}`,
      !draft.installs || ref !== notEntered.ref,
    ]),
    ["compute", draft.compute.trim() !== ""],
    ["namespace", draft.namespace.trim() !== ""],
  ];
  return needed.flatMap(([words, given]) => (given ? [] : [words]));
}

/** What is sent. */
export function bodyOfDeploy(draft: DeployDraft): DeployBody {
  const { extension, identity } = draft;
  return {
    kind: "ml-deploy",
    clusterId: draft.clusterId.trim().replace(/\/$/, ""),
    workspace: draft.workspaceIsNew
      ? { use: "new", name: draft.newWorkspace, resourceGroup: draft.resourceGroup, location: draft.region }
      : { use: "existing", id: draft.workspaceId.trim() },
    extension: draft.installs ? bodyOfExtension(extension) : "present",
    compute: {
      name: draft.compute,
      namespace: draft.namespace,
      identity: identity.trim() === "" ? { type: "SystemAssigned" } : { type: "UserAssigned", id: identity },
    },
    binding: draft.bindingByAttach ? "made-by-attach" : { role: draft.role },
    bindingName: bindingNameOf(draft),
    network: draft.opensRanges ? "open-missing" : "leave",
    reason: draft.reason,
    ...(draft.ticket.trim() === "" ? {} : { ticket: draft.ticket }),
  };
}

export function bodyOfExtension({
  name,
  settings,
  protected: kept,
  version,
  releaseTrain,
  autoUpgrade,
}: ExtensionDraft): Exclude<DeployBody["extension"], "present"> {
  return {
    name,
    settings,
    protected: Object.fromEntries(Object.entries(kept).filter(([, { ref }]) => ref !== notEntered.ref)),
    ...(version === undefined || version === "" ? {} : { version }),
    ...(releaseTrain === undefined || releaseTrain === "" ? {} : { releaseTrain }),
    ...(autoUpgrade === undefined ? {} : { autoUpgrade }),
  };
}
