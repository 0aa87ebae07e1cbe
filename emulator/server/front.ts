import { type ArmNote, arm } from "../arm/arm";
import { retryAfterOf } from "../control/request-log";
import { downloads, isDownload } from "../downloads/weekly-file";
import { entra, isEntraPath, signInPages } from "../entra/routes";
import type { Fault } from "../faults/faults";
import type { World } from "../world";
import type { Handler, Incoming, Reply } from "./exchange";

/** The https door: Entra, ARM and the downloads, told apart by path. Faults apply here, and every request is logged. */
export function azureDoor(world: World): Handler {
  return async (incoming) => {
    const began = Date.now();
    const fault = world.faults.take(incoming);
    if (fault?.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    if (fault?.hold === true) await world.faults.untilRemoved(fault);
    if (fault?.reset === true) return logged(world, "azure", incoming, { status: 0, drop: true }, began);
    const { reply, note } = isRegionalProvider(incoming.path)
      ? { reply: notForClients, note: null }
      : isDownload(incoming.path)
        ? { reply: fault?.status === undefined ? downloads(world, incoming) : told(fault, fault.status), note: null }
        : isEntraPath(incoming.path)
          ? { reply: await entraReply(world, incoming, fault), note: null }
          : await arm(world, incoming, fault);
    const changed = fault === null ? reply : { ...poisoned(reply, fault), ...(fault.dropAnswer === true ? { drop: true } : {}) };
    return logged(world, "azure", incoming, changed, began, note);
  };
}

/**
 * The host of a resource provider itself, to which some `Location` headers point: another origin than ARM, and no place for a client's token.
 * Whoever follows them is answered nothing, and is seen in the request log.
 */
function isRegionalProvider(path: string): boolean {
  return path.startsWith("/regional-provider/");
}

const notForClients: Reply = {
  status: 401,
  body: { error: { code: "AuthenticationFailed", message: "The resource provider takes requests of Azure Resource Manager only." } },
};

function told(fault: Fault, status: number): Reply {
  return { status, headers: fault.headers ?? {}, ...(fault.body === undefined ? {} : { body: fault.body }) };
}

/** The http door: the pages of the sign-in. */
export function signInDoor(world: World): Handler {
  return (incoming) => logged(world, "sign-in", incoming, signInPages(world, incoming), Date.now());
}

async function entraReply(world: World, incoming: Incoming, fault: Fault | null): Promise<Reply> {
  if (fault?.status === undefined) return entra(world, incoming);
  return {
    status: fault.status,
    headers: fault.headers ?? {},
    body: fault.body ?? {
      error: "temporarily_unavailable",
      error_description: "AADSTS90033: A transient error has occurred. Please try again.",
      error_codes: [90033],
    },
  };
}

function poisoned(reply: Reply, fault: Fault): Reply {
  const headers = {
    ...reply.headers,
    ...(fault.asyncOperation === undefined || reply.status >= 400 ? {} : { "azure-asyncoperation": fault.asyncOperation }),
  };
  if (fault.nextLink === undefined || typeof reply.body !== "object" || !("value" in reply.body || "values" in reply.body))
    return { ...reply, headers };
  return { ...reply, headers, body: { ...reply.body, nextLink: fault.nextLink } };
}

function logged(
  world: World,
  door: "azure" | "sign-in",
  incoming: Incoming,
  reply: Reply,
  began: number,
  note: ArmNote | null = null,
): Reply {
  world.log.add({
    at: new Date().toISOString(),
    door,
    method: incoming.method,
    path: incoming.path,
    apiVersion: incoming.query.get("api-version"),
    status: reply.drop === true ? "dropped" : reply.status,
    oid: note?.oid ?? null,
    requestId: note?.requestId ?? null,
    correlationId: note?.correlationId ?? null,
    guard: note?.guard ?? null,
    retryAfterSeconds: retryAfterOf(reply.headers),
    ms: Date.now() - began,
  });
  return reply;
}
