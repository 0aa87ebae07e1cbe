import type { SourceResource } from "@/lib/azure/types";
import { lastName, parseResourceId, subscriptionOf } from "@/lib/kernel/resource-id";
import { block, type Check, type Look, notVerified, ok, type PreflightCheck, warn, whyUnread } from "../check";

const there = { key: "workspace", group: "workspace", title: "Workspace", field: "workspace" } as const;
const subscription = { key: "same-subscription", group: "workspace", title: "Subscription", field: "workspace" } as const;
const identity = { key: "workspace-identity", group: "workspace", title: "Workspace's identity", field: "workspace" } as const;

/** Roles that an attach wants of a user-assigned identity, each with what is missed without it (azure-ai-docs, how-to-attach-kubernetes-to-workspace). */
const identityRoles = [
  { role: "Reader", id: "acdd72a7-3385-48ef-bd42-f606fba81ae7", without: "the cluster is not seen" },
  {
    role: "Kubernetes Extension Contributor",
    id: "85cb6faf-e071-4c9b-8136-154b5a04f717",
    without: "the attach says that the extension is not installed",
  },
  {
    role: "Azure Kubernetes Service Cluster Admin Role",
    id: "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8",
    without: "the attach ends with an internal server error",
  },
] as const;
/** Roles that bring all of these. */
const everything = [
  { role: "Owner", id: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635" },
  { role: "Contributor", id: "b24988ac-6180-42a0-ab88-20f7382dd24c" },
] as const;

/** The workspace: there, in the cluster's subscription, with an identity that may use the cluster. */
export const checkWorkspace: Check = (look) => {
  const choice = look.input.workspace;
  if (choice.use === "new") return [toBeMade(look, choice.name), ok(subscription, "It is made in the cluster's subscription.")];
  return [...existence(look, choice.id), sameSubscription(look, choice.id), ...ofIdentity(look)];
};

/** A workspace that is there would be used as it is, unseen: its identity, its region and its computes count then. */
function toBeMade({ facts: { workspace } }: Look, name: string): PreflightCheck {
  const about = { ...there, field: "workspace.name" };
  if (workspace.state === "absent") return ok(about, `The workspace ${name} is made by the run, with a system-assigned identity.`);
  if (workspace.state !== "ok")
    return notVerified(about, `Whether there is a workspace ${name} already cannot be read ${whyUnread(workspace)}.`);
  return block(
    about,
    `There is a workspace ${name} in that resource group already.`,
    "Attach to it as one that exists, or choose another name.",
  );
}

function existence({ facts: { workspace } }: Look, id: string): PreflightCheck[] {
  if (workspace.state === "absent") return [block(there, `There is no workspace ${lastName(id)}.`, "Check its id, or have one made.")];
  if (workspace.state !== "ok") return [notVerified(there, `The workspace cannot be read ${whyUnread(workspace)}.`)];
  const { name, resourceGroup } = parseResourceId(id);
  // AML-Kubernetes, docs: such names end in InternalServerError.
  const hyphen = [name, resourceGroup ?? ""].find((one) => one.endsWith("-"));
  if (hyphen !== undefined)
    return [
      block(there, `The name ${hyphen} ends with a hyphen, which makes every attach fail.`, "Use another workspace or resource group."),
    ];
  return [ok(there, `The workspace ${name} exists.`)];
}

// AML-Kubernetes#155: an attach across subscriptions runs for twenty minutes and ends without a reason.
function sameSubscription({ input }: Look, id: string): PreflightCheck {
  if (subscriptionOf(id) === subscriptionOf(input.clusterId))
    return ok(subscription, "Workspace and cluster are in the same subscription.");
  return block(
    subscription,
    "The workspace is in another subscription than the cluster. Azure ML does not attach across subscriptions.",
    "Use a workspace in the cluster's subscription, or have one made there.",
  );
}

function ofIdentity(look: Look): PreflightCheck[] {
  const { workspace } = look.facts;
  if (workspace.state !== "ok") return [notVerified(identity, "Which identity the workspace has is not known.")];
  const { type } = workspace.value.identity;
  if (type.includes("SystemAssigned")) return [ok(identity, "The workspace has a system-assigned identity, which Trusted Access uses.")];
  if (type === "UserAssigned") return [ofUserAssigned(look, workspace.value)];
  return [
    block(
      identity,
      "The workspace has no managed identity: it has nothing to reach the cluster with.",
      "Switch on the workspace's system-assigned identity.",
    ),
  ];
}

function ofUserAssigned({ facts: { workspaceRoles } }: Look, { name }: SourceResource): PreflightCheck {
  const wanted = identityRoles.map(({ role }) => role).join(", ");
  if (workspaceRoles.state !== "ok")
    return notVerified(
      identity,
      `${name} has a user-assigned identity, which needs roles on the cluster: ${wanted}. Which it holds cannot be read ${whyUnread(workspaceRoles)}.`,
    );
  const held = new Set(workspaceRoles.value);
  const whole = everything.find(({ id }) => held.has(id));
  if (whole !== undefined) return ok(identity, `${name} has a user-assigned identity, and it holds ${whole.role} on the cluster.`);
  const missing = identityRoles.filter(({ id }) => !held.has(id));
  const contributor = "Trusted Access asks for Contributor on the cluster for such an identity.";
  if (missing.length === 0)
    return warn(
      identity,
      `${name} has a user-assigned identity with the roles of an attach. ${contributor}`,
      "Give it Contributor, or switch on the system-assigned identity.",
    );
  const words = missing.map(({ role, without }) => `${role} (without it ${without})`).join(", ");
  return block(
    identity,
    `${name} has a user-assigned identity, and it lacks on the cluster: ${words}.`,
    `Give the identity these roles. ${contributor} A role of your own making that allows the same is not recognised here.`,
  );
}
