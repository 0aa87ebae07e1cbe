import { jsonOf, type Reply } from "../server/exchange";
import type { ArmResource } from "../state/shapes";
import { keyOf, tenantId } from "../tenant/ids";
import { knobsOf, type World } from "../world";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";
import { placeOf, tokenOf } from "./paging";
import { readerOf } from "./rbac";
import { graphLimit } from "./throttle";

type Row = Record<string, unknown>;
type Answerer = (call: ArmCall, inScope: (id: string) => boolean) => Row[];

const clusters = "microsoft.containerservice/managedclusters";
const workspaces = "microsoft.machinelearningservices/workspaces";
const columns = "id, name, type, location, resourceGroup, subscriptionId, tags, properties, identity, sku";

/** The queries that this Resource Graph understands, word for word. Any other is refused: a guess at KQL would answer wrongly and in silence. */
const queries: Record<string, Answerer> = {
  [`resources | where type =~ '${clusters}' | project ${columns} | order by id asc`]: (call, inScope) =>
    resources(call, [clusters], inScope).map(wide),
  [`resources | where type =~ '${workspaces}' | project ${columns} | order by id asc`]: (call, inScope) =>
    resources(call, [workspaces], inScope).map(wide),
  [`resources | where type in~ ('${clusters}', '${workspaces}') | project id, type | order by id asc`]: (call, inScope) =>
    resources(call, [clusters, workspaces], inScope).map((one) => ({ id: one.id, type: one.type.toLowerCase() })),
  "resourcecontainers | where type =~ 'microsoft.resources/subscriptions/resourcegroups' | project id | order by id asc": groups,
};

/** POST /providers/Microsoft.ResourceGraph/resources */
export function queryGraph(call: ArmCall): Reply {
  const quota = takeQuota(call.world, call.caller.oid);
  const body = jsonOf(call.incoming);
  const asked = field(body, "query");
  const query = typeof asked === "string" ? asked : "";
  const answer = queries[query.trim().replace(/\s+/g, " ")];
  if (answer === undefined) throw notUnderstood(query, quota);
  const options = field(body, "options");
  const rows = answer(call, scopeFilter(call, field(body, "subscriptions")));
  rows.sort((a, b) => (keyOf(String(a.id)) < keyOf(String(b.id)) ? -1 : 1));
  const start = placeOf(field(options, "$skipToken") as string | undefined);
  const size = pageSize(knobsOf(call.world).graphPageSize, field(options, "$top"));
  const data = rows.slice(start, start + size);
  const more = start + size < rows.length;
  return {
    status: 200,
    headers: quota,
    body: {
      totalRecords: rows.length,
      count: data.length,
      data: field(options, "resultFormat") === "table" ? asTable(data) : data,
      facets: [],
      resultTruncated: "false",
      ...(more ? { $skipToken: tokenOf(start + size) } : {}),
    },
  };
}

function resources(call: ArmCall, types: string[], inScope: (id: string) => boolean): ArmResource[] {
  const readers = new Map(types.map((type) => [type, readerOf(call.world, call.caller, `${type}/read`)]));
  const found: ArmResource[] = [];
  for (const [key, one] of call.world.store.table("resources").entries()) {
    if (inScope(key) && readers.get(one.type.toLowerCase())?.(key) === true) found.push(one);
  }
  return found;
}

function groups(call: ArmCall, inScope: (id: string) => boolean): Row[] {
  const readable = readerOf(call.world, call.caller, "Microsoft.Resources/subscriptions/resourceGroups/read");
  const found = [...call.world.store.table("resourceGroups").entries()].filter(([key]) => inScope(key) && readable(key));
  return found.map(([, group]) => ({ id: group.id }));
}

/** Resource Graph spells types and groups in lower case and fills what is absent with null. */
function wide(one: ArmResource): Row {
  const [, , subscriptionId = "", , resourceGroup = ""] = one.id.split("/");
  return {
    id: one.id,
    name: one.name,
    type: one.type.toLowerCase(),
    location: one.location ?? "",
    resourceGroup: resourceGroup.toLowerCase(),
    subscriptionId,
    tags: one.tags ?? null,
    properties: one.properties,
    identity: one.identity === undefined ? null : { ...one.identity, tenantId },
    sku: one.sku ?? null,
  };
}

function scopeFilter(call: ArmCall, subscriptions: unknown): (id: string) => boolean {
  if (!Array.isArray(subscriptions) || subscriptions.length === 0) return () => true;
  const prefixes = subscriptions.map((id) => `/subscriptions/${String(id).toLowerCase()}/`);
  const known = subscriptions.filter((id) => call.world.store.table("subscriptions").has(String(id).toLowerCase()));
  if (known.length === 0)
    throw new ArmError(
      400,
      "BadRequest",
      "Please provide below info when asking for support: the list of subscriptions holds none of this tenant.",
    );
  return (id) => prefixes.some((prefix) => `${keyOf(id)}/`.startsWith(prefix));
}

function pageSize(usual: number, top: unknown): number {
  const asked = Number(top);
  return Number.isInteger(asked) && asked >= 1 ? Math.min(asked, usual, 1000) : usual;
}

function asTable(rows: Row[]): object {
  const names = Object.keys(rows[0] ?? {});
  const kind = (value: unknown) => (typeof value === "object" ? "object" : "string");
  return { columns: names.map((name) => ({ name, type: kind(rows[0]?.[name]) })), rows: rows.map((row) => names.map((name) => row[name])) };
}

function takeQuota(world: World, oid: string): Record<string, string> {
  const { remaining, retryAfterSeconds } = world.throttle.take(`graph|${oid}`, graphLimit);
  const headers = { "x-ms-user-quota-remaining": String(remaining), "x-ms-user-quota-resets-after": "00:00:05" };
  if (retryAfterSeconds === null) return headers;
  throw new ArmError(
    429,
    "RateLimiting",
    "Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.",
    {
      ...headers,
      "retry-after": String(retryAfterSeconds),
    },
  );
}

function notUnderstood(query: string, quota: Record<string, string>): ArmError {
  return new ArmError(400, "BadRequest", `The local Resource Graph does not know this query: ${query}`, quota, {
    details: [
      {
        code: "InvalidQuery",
        message: "Query is invalid. It must be one of the queries that the local Resource Graph answers, word for word.",
        target: query,
      },
    ],
  });
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
