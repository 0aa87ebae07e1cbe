import { settleAll } from "../arm/settle";
import { headerOf, type Incoming, jsonOf, type Reply } from "../server/exchange";
import type { KubeObject } from "../state/kubernetes-shapes";
import type { ArmResource } from "../state/shapes";
import type { World } from "../world";
import { forbiddenWords, type KubeUser, may, usesEntra, type Verb } from "./access";
import { kubernetesUser } from "./authenticate";
import { isName } from "./kubectl";
import { objectsOf, putNamespace } from "./objects";
import { pageOf } from "./pages";
import { apiVersionOf, kindOfPlural, type ResourceKind, select } from "./resources";
import { fieldTest, labelTest, SelectorError } from "./selectors";
import { StatusError, statusReply } from "./status";

/** A call of a cluster's API server. */
type KubeCall = {
  world: World;
  cluster: ArmResource;
  incoming: Incoming;
  user: KubeUser;
  kind: ResourceKind;
  namespace: string | null;
  name: string | null;
};

/** The API server of a cluster: lists and reads of the kinds it has, a new namespace, a question about one's own access. */
export async function kubernetesApi(world: World, cluster: ArmResource, incoming: Incoming): Promise<Reply> {
  try {
    settleAll(world);
    const { path, method } = incoming;
    if (path === "/version") return { status: 200, body: version(cluster) };
    if (["/healthz", "/livez", "/readyz"].includes(path)) return { status: 200, body: "ok" };
    const user = await authenticated(world, cluster, incoming);
    if (path === "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews" && method === "POST")
      return review(world, cluster, incoming, user);
    const call = { world, cluster, incoming, user, ...target(path) };
    if (method === "GET") return call.name === null ? list(call) : read(call, call.name);
    if (method === "POST" && call.kind.kind === "Namespace" && call.name === null) return createNamespace(call);
    throw new StatusError(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  } catch (cause) {
    if (cause instanceof SelectorError) return statusReply(new StatusError(400, "BadRequest", cause.message));
    if (cause instanceof StatusError) return statusReply(cause);
    throw cause;
  }
}

async function authenticated(world: World, cluster: ArmResource, incoming: Incoming): Promise<KubeUser> {
  const token = /^Bearer (\S+)$/i.exec(headerOf(incoming, "authorization") ?? "")?.[1];
  const user = token === undefined || !usesEntra(cluster) ? undefined : await kubernetesUser(world, token);
  if (user === undefined) throw new StatusError(401, "Unauthorized", "Unauthorized");
  return user;
}

function target(path: string): { kind: ResourceKind; namespace: string | null; name: string | null } {
  const [, group = "", rest = ""] = /^\/(?:api|apis\/([^/]+))\/v1\/(.+)$/.exec(path) ?? [];
  const parts = rest.split("/");
  const inside = parts[0] === "namespaces" && parts.length > 2;
  const [plural = "", name, ...more] = inside ? parts.slice(2) : parts;
  const kind = kindOfPlural(plural, group);
  if (kind === undefined || more.length > 0 || (inside && !kind.namespaced))
    throw new StatusError(404, "NotFound", "the server could not find the requested resource");
  return { kind, namespace: inside ? (parts[1] ?? "") : null, name: name ?? null };
}

function list(call: KubeCall): Reply {
  const objects = allowed(call, "list", "");
  const query = call.incoming.query;
  const fits = [labelTest(query.get("labelSelector")), fieldTest(query.get("fieldSelector"))];
  const found = select(objects, call.kind, call.namespace).filter((one) => fits.every((test) => test(one)));
  const { items, metadata } = pageOf(call.world, query, found);
  // The items of a list do not say again what they are.
  const bare = items.map(({ kind: _kind, apiVersion: _version, ...one }) => one);
  return { status: 200, body: { kind: `${call.kind.kind}List`, apiVersion: apiVersionOf(call.kind), metadata, items: bare } };
}

function read(call: KubeCall, name: string): Reply {
  const objects = allowed(call, "get", name);
  if (call.kind.namespaced && call.namespace === null)
    throw new StatusError(404, "NotFound", "the server could not find the requested resource");
  const one = select(objects, call.kind, call.namespace).find((object) => object.metadata.name === name);
  if (one === undefined) throw notFound(call, name);
  return { status: 200, body: { ...one, apiVersion: apiVersionOf(call.kind) } };
}

function createNamespace(call: KubeCall): Reply {
  const objects = allowed(call, "create", "");
  const name = (jsonOf(call.incoming) as { metadata?: { name?: unknown } } | undefined)?.metadata?.name;
  if (typeof name !== "string" || !isName(name))
    throw new StatusError(
      422,
      "Invalid",
      `Namespace "${String(name)}" is invalid: metadata.name: Invalid value: "${String(name)}": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'`,
    );
  const kept = objects.find((one) => one.kind === "Namespace" && one.metadata.name === name);
  if (kept !== undefined)
    throw new StatusError(
      409,
      "AlreadyExists",
      `${phaseOf(kept) === "Terminating" ? "object is being deleted: " : ""}namespaces "${name}" already exists`,
      { name, kind: "namespaces" },
    );
  putNamespace(call.world, call.cluster.id, name, call.world.clock.now());
  call.world.store.flush();
  const made = select(objectsOf(call.world, call.cluster), call.kind, null).find((one) => one.metadata.name === name);
  return { status: 201, body: made ?? {} };
}

/** POST selfsubjectaccessreviews: whether the caller may do something. */
function review(world: World, cluster: ArmResource, incoming: Incoming, user: KubeUser): Reply {
  const body = jsonOf(incoming) as
    | { spec?: { resourceAttributes?: { verb?: string; group?: string; resource?: string; namespace?: string } } }
    | undefined;
  const asked = body?.spec?.resourceAttributes ?? {};
  const kind = kindOfPlural(asked.resource ?? "", asked.group ?? "");
  const verb = (["get", "list", "create", "delete"] as const).find((one) => one === (asked.verb === "watch" ? "list" : asked.verb));
  const is =
    kind !== undefined && verb !== undefined && may(world, cluster, objectsOf(world, cluster), user, verb, kind, asked.namespace ?? null);
  return {
    status: 201,
    body: {
      kind: "SelfSubjectAccessReview",
      apiVersion: "authorization.k8s.io/v1",
      metadata: {},
      spec: body?.spec ?? {},
      status: { allowed: is },
    },
  };
}

function allowed(call: KubeCall, verb: Verb, name: string): KubeObject[] {
  const { world, cluster, user, kind, namespace } = call;
  const objects = objectsOf(world, cluster);
  if (may(world, cluster, objects, user, verb, kind, namespace)) return objects;
  throw new StatusError(403, "Forbidden", forbiddenWords(cluster, user, verb, kind, namespace, name), {
    group: kind.group,
    kind: kind.plural,
  });
}

function notFound(call: KubeCall, name: string): StatusError {
  const { plural, group } = call.kind;
  return new StatusError(404, "NotFound", `${plural}${group === "" ? "" : `.${group}`} "${name}" not found`, { name, group, kind: plural });
}

function phaseOf(one: KubeObject): string | undefined {
  return (one.status as { phase?: string } | undefined)?.phase;
}

function version(cluster: ArmResource): object {
  const text = String(cluster.properties.currentKubernetesVersion);
  const [major, minor] = text.split(".");
  return { major, minor, gitVersion: `v${text}`, gitTreeState: "clean", platform: "linux/amd64" };
}
