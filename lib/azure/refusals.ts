import type { ErrorCode, ErrorFacts } from "@/lib/kernel/errors";
import type { AzureError } from "./observe";

type Words = { code: ErrorCode; message: string; facts: ErrorFacts };
/** null: this code means something of its own only in other words. */
type Read = (message: string, azure: AzureError) => Words | null;

const needRole = "Activate or ask for an Azure role that allows it at this scope, wait a few minutes until Azure knows it, then try again.";

/** Azure's codes that deserve words of their own, lower case. The rest is worded by status. */
const table: Record<string, Read> = {
  authorizationfailed: (message) => rights(/perform action '([^']+)' over scope '([^']+)'/.exec(message), message),
  linkedauthorizationfailed: (message) =>
    rights(/does not have permission to perform action\(?s?\)? '([^']+)' on the linked scope\(?s?\)? '([^']+)'/.exec(message), message),
  // Azure gives 404 for a subscription that the token may not see at all: that proves nothing about what is in it.
  subscriptionnotfound: () => ({
    code: "rights_needed",
    message: "This person cannot see that Azure subscription.",
    facts: { remedy: "Ask for Reader on the subscription, or check its id." },
  }),
  denyassignmentauthorizationfailed: (message) => {
    const name = /deny assignment with name '([^']+)'/i.exec(message)?.[1];
    return refused(
      `A deny assignment in Azure${name === undefined ? "" : ` ("${name}")`} forbids this, whatever roles a person holds.`,
      "It comes from a managed application, a deployment stack or Microsoft itself; only its owner can lift it.",
    );
  },
  requestdisallowedbypolicy: (message, azure) => {
    const names = [...new Set([azure, ...azure.details].flatMap((part) => part.policies))];
    const named = names.length > 0 ? names.map((name) => `"${name}"`).join(", ") : /"name":"([^"]+)"/.exec(message)?.[1];
    return refused(
      `Azure Policy forbids this${named === undefined ? "." : `: ${named}.`}`,
      "Ask the owner of that Azure Policy assignment for an exemption, or ask for something that it allows.",
    );
  },
  scopelocked: (message) => {
    const scopes = /locked:\s*'([^']+)'/.exec(message)?.[1];
    return refused(
      `A lock in Azure stops this${scopes === undefined ? "." : `: ${scopes}.`}`,
      "Someone with Owner or User Access Administrator must remove the lock, at the scope named; put it back afterwards.",
    );
  },
  missingaadclustertoken: () =>
    refused(
      "The cluster uses Entra and got no token of this person beside the command.",
      "Read the cluster anew, so that Bindery knows that it uses Entra, then try again.",
    ),
  runcommanddisabled: () => commandsOff(),
  operationnotallowed: (message) => whatIsOff(message),
  badrequest: (message) => whatIsOff(message),
  clusternotrunning: () => stopped(),
  // What a template would break is in the details; the outer message sends its reader to a tracking id.
  invalidtemplatedeployment: (_message, azure) => firstWords(azure),
  missingsubscriptionregistration: (message) => unregistered(message),
  subscriptionnotregistered: (message) => unregistered(message),
  noregisteredproviderfound: (message) => {
    const version = /api-version\(?s?\)? '?([0-9][0-9a-z-]+)/i.exec(message)?.[1] ?? /API version '([^']+)'/i.exec(message)?.[1];
    return refused(
      `This cloud or region does not offer ${version === undefined ? "the api-version that Bindery uses" : `api-version ${version}`} for this resource.`,
      "Tell your administrator: another version of Bindery may be needed for this cloud.",
    );
  },
  invalidapiversionparameter: () =>
    refused(
      "Azure does not know the api-version that Bindery uses here.",
      "Tell your administrator: another version of Bindery may be needed for this cloud.",
    ),
  invalidparameter: (message) => {
    const role = /non-exist role:\s*([^\s,]+)/i.exec(message)?.[1];
    if (role === undefined)
      return refused(`Azure does not accept a value${message === "" ? "." : `: ${message}`}`, "Correct the value that Azure names.");
    return refused(
      `Azure does not know the trusted access role ${role} here.`,
      "Azure says this of a misspelt role, of a role that the subscription or region does not have, and of a role for another type of source. Choose one from the catalogue of the cluster's region that belongs to the source's type.",
    );
  },
  readonlydisabledsubscription: () =>
    refused("The Azure subscription is disabled and takes no changes.", "Its owner must enable it again."),
  invalidauthenticationtokentenant: () =>
    refused("The resource belongs to another Entra tenant.", "Bindery works within one tenant: choose a resource of your own."),
};

/** The words for Azure's own error code; null when it has none. */
export function wordsOf(azure: AzureError): Words | null {
  const code = azure.code.toLowerCase();
  return !Object.hasOwn(table, code) ? null : (table[code]?.(azure.message.replaceAll(/\s+/g, " "), azure) ?? null);
}

function firstWords(azure: AzureError): Words | null {
  return azure.details.map((detail) => wordsOf(detail)).find((words) => words !== null) ?? null;
}

/** Codes that stand for many things: the words of those that are known. Azure's words for the first two are not documented. */
function whatIsOff(message: string): Words | null {
  if (/run ?command\b.*\bdisabled/i.test(message)) return commandsOff();
  if (/stopped power state|cluster is stopped/i.test(message)) return stopped();
  if (/static credential/i.test(message))
    return refused(
      "Azure ML asked for a static credential, and the cluster has its local accounts off.",
      "Give the workspace its trusted access binding on the cluster first, then attach it again.",
    );
  return null;
}

const commandsOff = (): Words =>
  refused(
    "The run command of the cluster is off.",
    "Whoever may change the cluster turns it on again (disableRunCommand), or Bindery's address is let in to its API server.",
  );

const stopped = (): Words => ({
  code: "conflict",
  message: "The cluster is stopped.",
  facts: { remedy: "Start the cluster, wait until it runs, then try again." },
});

function rights(found: RegExpExecArray | null, message: string): Words {
  const [, action, scope] = found ?? [];
  if (action === undefined || scope === undefined)
    return { code: "rights_needed", message: `This person lacks an Azure right: ${message}`, facts: { remedy: needRole } };
  return {
    code: "rights_needed",
    message: `This person lacks the Azure right ${action} on ${scope}.`,
    facts: { action, scope, remedy: `${needRole}${unlessRegistered(action)}` },
  };
}

/** Azure says the same where the provider of extensions is not registered (azure-docs#99762, azure-cli#25654). */
function unlessRegistered(action: string): string {
  if (!/^Microsoft\.KubernetesConfiguration\//i.test(action)) return "";
  return " Azure says this too where the subscription is not registered for Microsoft.KubernetesConfiguration.";
}

function unregistered(message: string): Words {
  const namespace = /namespace '([^']+)'/.exec(message)?.[1];
  return refused(
    `The subscription is not registered for ${namespace ?? "the resource provider"}.`,
    `An Owner or Contributor registers it once: az provider register --namespace ${namespace ?? "NAMESPACE"}. It takes some minutes.`,
  );
}

const refused = (message: string, remedy: string): Words => ({ code: "azure_refused", message, facts: { remedy } });
