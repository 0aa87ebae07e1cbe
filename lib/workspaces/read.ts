import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { mapReadable, shown, valueOf } from "@/lib/azure/readable";
import { getWorkspace } from "@/lib/azure/workspaces";
import { bindingsOfSource } from "@/lib/bindings/read";
import { computeRow, computesOf } from "@/lib/clusters/computes";
import { fleetPage, nameAmong } from "@/lib/clusters/fleet-page";
import { subscriptionsFor, workspacesOf } from "@/lib/clusters/fleet";
import { sourceShape } from "@/lib/clusters/sources";
import type { Answer, ParamsOf, QueryOut } from "@/lib/http/contract";
import { BinderyError } from "@/lib/kernel/errors";
import { inParallel } from "@/lib/kernel/parallel";
import { idKey } from "@/lib/kernel/resource-id";
import { historyOf } from "@/lib/requests/history";
import { visibleRequests, visibleRuns } from "@/lib/requests/visible";

type List = Answer<"GET /api/v1/workspaces">;
type One = "GET /api/v1/workspaces/{subscription}/{group}/{name}";

/** So many workspaces are asked for their computes at once. */
const atOnce = 6;

/** The workspaces that Azure shows to this person's own token, by id, with how many clusters are attached to each; paged by id. */
export async function readWorkspaces(actor: Actor, query: QueryOut<"GET /api/v1/workspaces">): Promise<List> {
  const [list, known] = await Promise.all([workspacesOf(actor), subscriptionsFor(callerFor(actor))]);
  const page = fleetPage(list, known, query, ({ name, friendlyName, resourceGroup, location }) => [
    name,
    friendlyName,
    resourceGroup,
    location,
  ]);
  const items = await inParallel(atOnce, page.items, async (one) => ({
    ...sourceShape(one),
    subscriptionName: page.nameOf(one.subscriptionId),
    clusters: shown(
      mapReadable(
        await computesOf(actor, one.id),
        (all) => all.filter(({ computeType }) => computeType.toLowerCase() === "kubernetes").length,
      ),
    ),
  }));
  return { items, ...page.around };
}

/**
 * One workspace, read now: itself, its computes, its role bindings on the clusters that Azure shows to this person, and what was asked and done
 * about it. Throws `not_found` alike for an absent workspace and for one that Azure does not show.
 */
export async function readWorkspace(actor: Actor, params: ParamsOf<One>): Promise<Answer<One>> {
  const id = `/subscriptions/${params.subscription}/resourceGroups/${params.group}/providers/Microsoft.MachineLearningServices/workspaces/${params.name}`;
  const caller = callerFor(actor);
  const read = await getWorkspace(caller, id);
  if (read.state === "absent" || read.state === "no-permission")
    throw new BinderyError("not_found", "There is no such workspace, or Azure does not show it to you.", {
      remedy: "Check the address, or ask for Reader on the workspace.",
    });
  const workspace = valueOf(read, "workspace");
  const [computes, bindings, history, subscriptions] = await Promise.all([
    computesOf(actor, workspace.id),
    bindingsOfSource(actor, workspace.id),
    aboutSource(actor, idKey(workspace.id)),
    subscriptionsFor(caller),
  ]);
  const {
    provisioningState,
    userAssignedIdentities,
    primaryUserAssignedIdentity,
    storageAccount,
    keyVault,
    containerRegistry,
    applicationInsights,
    publicNetworkAccess,
  } = workspace;
  return {
    workspace: {
      ...sourceShape(workspace),
      subscriptionName: nameAmong(subscriptions, workspace.subscriptionId),
      provisioningState,
      userAssignedIdentities,
      primaryUserAssignedIdentity,
      storageAccount,
      keyVault,
      containerRegistry,
      applicationInsights,
      publicNetworkAccess,
    },
    at: read.state === "ok" ? read.at : "",
    computes: shown(mapReadable(computes, (all) => all.map((one) => computeRow(workspace.id, one)))),
    bindings,
    ...history,
  };
}

/** The newest requests and runs about a workspace (key: lower-cased id) that this person may see. */
async function aboutSource(actor: Actor, sourceKey: string): ReturnType<typeof historyOf> {
  const [mayRequests, mayRuns] = await Promise.all([visibleRequests(actor), visibleRuns(actor)]);
  return historyOf({ requests: { AND: [{ sourceKey }, mayRequests] }, runs: { AND: [{ request: { sourceKey } }, mayRuns] } });
}
