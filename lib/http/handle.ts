import { type Actor, holds } from "@/lib/auth/actor";
import { signInUrlFor } from "@/lib/auth/step-up";
import { actorFromRequest } from "@/lib/auth/session";
import { BinderyError, isBinderyError } from "@/lib/kernel/errors";
import { newCorrelationId } from "@/lib/kernel/ids";
import { log } from "@/lib/kernel/log";
import { settings } from "@/lib/kernel/settings";
import { type Answer, type BodyOut, type ParamsOf, type QueryOut, type RouteKey, routes } from "./contract";
import { auditDenial } from "./deny";
import { foreignOrigin } from "./origin";
import { parseBody, parseParams, parseQuery } from "./parse";
import { problemOf, problemResponse } from "./problem";
import { makeLimiter } from "./rate";
import type { Route } from "./route";

/** What the wrapper proved and parsed before it calls a route's work. `actor` is null on public routes only. */
export type HandlerContext<K extends RouteKey> = {
  actor: (typeof routes)[K]["access"] extends "public" ? null : Actor;
  query: QueryOut<K>;
  params: ParamsOf<K>;
  body: BodyOut<K>;
  request: Request;
  correlationId: string;
  /** Headers that the answer carries besides its own, for example a cookie. */
  answerHeaders: Headers;
};

/** A route's work gives its declared answer; a route without one (stream, empty answer) may give a Response itself. */
type Work<K extends RouteKey> = (
  context: HandlerContext<K>,
) => Promise<(typeof routes)[K]["response"] extends null ? Response | undefined : Answer<K>>;
/** What Next hands to a route handler beside the request. */
type NextContext = { params: Promise<Record<string, string | string[] | undefined>> };

const limiter = makeLimiter();
const usualPerMinute = 240;

/**
 * Turns a route's declaration and its work into a Next route handler. The order is always: session, origin, rate, portal role,
 * parameters, query, body, work, answer. Every error becomes problem+json; every answer carries `x-correlation-id` and is not cached.
 */
export function handle<K extends RouteKey>(key: K, work: Work<K>): (request: Request, context: NextContext) => Promise<Response> {
  const route: Route = routes[key];
  return async (request, next) => {
    const correlationId = newCorrelationId();
    const answerHeaders = new Headers();
    let actor: Actor | null = null;
    try {
      actor = route.access === "public" ? null : await actorFromRequest(request);
      const foreign = foreignOrigin(request, settings().origin);
      if (foreign !== null && (route.access === "public" || actor !== null))
        return await refuseForeign(key, request, foreign, actor, correlationId);
      admit(key, route, actor);
      const params = route.params === undefined ? undefined : parseParams(route.params, await next.params);
      const query = parseQuery(route.query, new URL(request.url).searchParams);
      const body = route.body === undefined ? undefined : await parseBody(route.body, request);
      const parsed = { actor, query: route.query === undefined ? undefined : query, params, body };
      const context = { ...parsed, request, correlationId, answerHeaders } as HandlerContext<K>;
      return answerOf(route, await work(context), answerHeaders, correlationId);
    } catch (error) {
      if (isBinderyError(error, "forbidden") && actor !== null) await denied(key, request, actor, correlationId, error.message);
      return problemResponse(problemOf(error, correlationId, signInUrlFor(error)), answerHeaders);
    }
  };
}

const denied = (route: string, request: Request, actor: Actor, correlationId: string, why: string): Promise<void> =>
  auditDenial({
    action: "access-denied",
    route,
    path: pathOf(request),
    actor,
    correlationId,
    summary: `${actor.name} was refused ${route}: ${why}`,
  });

const pathOf = (request: Request): string => new URL(request.url).pathname.slice(0, 300);

/** A foreign page sent the browser here: told to nobody but the record, which keeps it apart from denials of a person's own doing. */
async function refuseForeign(
  route: RouteKey,
  request: Request,
  why: string,
  actor: Actor | null,
  correlationId: string,
): Promise<Response> {
  await auditDenial({
    action: "foreign-origin-refused",
    route,
    path: pathOf(request),
    actor,
    correlationId,
    summary: `${route} was refused because ${why}.`,
  });
  log("warn", "foreign-origin-refused", { route, correlationId, why });
  const error = new BinderyError("forbidden", `This request does not come from a page of Bindery: ${why}.`);
  return problemResponse(problemOf(error, correlationId));
}

function admit(key: RouteKey, route: Route, actor: Actor | null): void {
  if (route.access === "public") return;
  if (actor === null)
    throw new BinderyError("not_signed_in", "You are not signed in, or your session ended.", { remedy: "Sign in again." });
  const wait = limiter.take(`${actor.tid}/${actor.oid} ${key}`, route.perMinute ?? usualPerMinute);
  if (wait > 0) throw new BinderyError("rate_limited", `That is too often. Try again in ${wait} seconds.`, { retryAfterSeconds: wait });
  if (typeof route.access !== "string" && !route.access.some((role) => holds(actor, role))) {
    const remedy = "Ask an administrator of Bindery for the portal role, then sign in again.";
    throw new BinderyError("forbidden", `This needs the portal role ${route.access.join(" or ")}.`, { remedy });
  }
}

function answerOf(route: Route, answer: unknown, headers: Headers, correlationId: string): Response {
  headers.set("x-correlation-id", correlationId);
  if (answer instanceof Response) {
    for (const [name, value] of answer.headers) headers.set(name, value);
    if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
    return new Response(answer.body, { status: answer.status, headers });
  }
  headers.set("cache-control", "no-store");
  if (route.response === null) return new Response(null, { status: route.status ?? 204, headers });
  headers.set("content-type", "application/json; charset=utf-8");
  return new Response(JSON.stringify(route.response.parse(answer)), { status: route.status ?? 200, headers });
}
