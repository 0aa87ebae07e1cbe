import { db } from "@/lib/db/client";
import { isBinderyError } from "@/lib/kernel/errors";
import { newCorrelationId } from "@/lib/kernel/ids";
import { log } from "@/lib/kernel/log";
import { settings } from "@/lib/kernel/settings";
import { makeLimiter } from "@/lib/http/rate";
import { addressOf, finishSignIn } from "./callback";
import { safeReturnTo } from "./return-to";
import { actorFromRequest } from "./session";
import { beginSignIn, type Onward } from "./sign-in";
import { claimsForContext, claimsFrom } from "./step-up";

const steps: Record<string, (request: Request) => Promise<Onward>> = { "sign-in": begin, "step-up": stepUp, callback: finishSignIn };

/** Steps a minute from one address, and in all: each one writes a row that lives ten minutes. */
const limits = { address: 300, all: 3000 };
const limiter = makeLimiter();

/**
 * One step of signing in, as a navigation: `sign-in`, `step-up` or `callback`. Always answers a redirect (303), 404 for another name, 429 for too many. When
 * Entra is not to be reached the browser lands on the sign-in page with that reason.
 */
export async function signInStep(name: string, request: Request): Promise<Response> {
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
  if (step === undefined) return new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
  // What one address is refused costs the others nothing.
  const wait = limiter.take(`from ${addressOf(request.headers)}`, limits.address) || limiter.take("all", limits.all);
  if (wait > 0) return tooMany(wait);
  const detour = toOwnOrigin(request);
  if (detour !== null) return redirectTo({ location: detour, cookies: [] });
  try {
    return redirectTo(await step(request));
  } catch (error) {
    log(isBinderyError(error) ? "warn" : "error", "sign-in-step-failed", { step: name, correlationId: newCorrelationId(), error });
    return redirectTo({ location: "/sign-in?error=unavailable", cookies: [] });
  }
}

function begin(request: Request): Promise<Onward> {
  const query = new URL(request.url).searchParams;
  return beginSignIn(request, { returnTo: query.get("returnTo"), claims: null, fresh: false, runId: null, expected: null });
}

/** The same person once more, with what a policy, a claims challenge or a waiting run asks for. Without a session: a plain sign-in. */
async function stepUp(request: Request): Promise<Onward> {
  const query = new URL(request.url).searchParams;
  const expected = await actorFromRequest(request);
  if (expected === null) return begin(request);
  // Another site may send a person to sign in again, but no run goes on by its link.
  const fromElsewhere = request.headers.get("sec-fetch-site") === "cross-site";
  const run = fromElsewhere ? null : await waitingRun(query.get("runId"), expected);
  return beginSignIn(request, {
    returnTo: query.get("returnTo") ?? refererPath(request),
    claims: run?.waitingClaims ?? claimsForContext(query.get("context")) ?? claimsFrom(query.get("claims")),
    fresh: query.get("fresh") === "true",
    runId: run?.id ?? null,
    expected,
  });
}

/** The run that waits for this very person's sign-in; null for any other id. */
async function waitingRun(id: string | null, { tid, oid }: { tid: string; oid: string }) {
  if (id === null || !/^[0-9a-f-]{36}$/i.test(id)) return null;
  return db().run.findFirst({ where: { id, tid, actingOid: oid, state: "sign-in-needed" }, select: { id: true, waitingClaims: true } });
}

/** The page of ours that the person came from. */
function refererPath(request: Request): string {
  const referer = request.headers.get("referer") ?? "";
  if (!URL.canParse(referer)) return "/";
  const url = new URL(referer);
  return url.origin === settings().origin.origin ? safeReturnTo(url.pathname + url.search) : "/";
}

/**
 * Somebody on this computer opened 127.0.0.1 where the portal is localhost, or the other way round: cookies of one are not sent to the
 * other, so the sign-in begins again at the address that Entra comes back to. Not done for other hosts: a proxy may rewrite them.
 */
function toOwnOrigin(request: Request): string | null {
  const { origin } = settings();
  const host = request.headers.get("host") ?? "";
  const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
  if (host === origin.host || !loopback.test(host) || !loopback.test(origin.host)) return null;
  const { pathname, search } = new URL(request.url);
  return `${origin.origin}${pathname}${search}`;
}

function tooMany(wait: number): Response {
  const headers = { "retry-after": String(wait), "cache-control": "no-store", "content-type": "text/plain; charset=utf-8" };
  return new Response(`Too many people are signing in from here. Try again in ${wait} seconds.`, { status: 429, headers });
}

function redirectTo({ location, cookies }: Onward): Response {
  const headers = new Headers({ location: new URL(location, settings().origin).href, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}
