import type { Problem } from "./problem-shape";
import type { Answer, BodyIn, ParamsOf, QueryIn, RouteKey } from "./contract";

type WithQuery<K extends RouteKey> = QueryIn<K> extends undefined ? { query?: undefined } : { query?: QueryIn<K> };
type WithParams<K extends RouteKey> = ParamsOf<K> extends undefined ? { params?: undefined } : { params: ParamsOf<K> };
type WithBody<K extends RouteKey> = BodyIn<K> extends undefined ? { body?: undefined } : { body: BodyIn<K> };
/** Query and path parameters of a route. */
export type Where<K extends RouteKey> = WithQuery<K> & WithParams<K>;
/** All that a call of a route is given. */
export type CallOptions<K extends RouteKey> = Where<K> & WithBody<K> & { signal?: AbortSignal };
/** An argument that may be left out when nothing in it is needed. */
type Optional<T> = Partial<T> extends T ? [options?: T] : [options: T];

/** A refused or failed call of the API, with everything that the server said. `status` 0: the server was not reached. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
  get code(): Problem["code"] {
    return this.problem.code;
  }
  get status(): number {
    return this.problem.status;
  }
  /** Field path → sentence, for forms. */
  get fields(): Record<string, string> {
    const { field, fields, detail } = this.problem;
    return fields ?? (field === undefined ? {} : { [field]: detail });
  }
  get remedy(): string | undefined {
    return this.problem.remedy;
  }
}

/** Path and query of a route, for `fetch`, `EventSource` and links. */
export function urlOf<K extends RouteKey>(key: K, ...[where]: Optional<Where<K>>): string {
  const params = (where?.params ?? {}) as Record<string, unknown>;
  const path = key.slice(key.indexOf(" ") + 1).replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams(given(where?.query).map(([name, value]) => [name, `${value}`]));
  return query.size === 0 ? path : `${path}?${query}`;
}

/** React-query key of a read: the route, then its query and parameters in the order of their names. */
export function apiKey<K extends RouteKey>(key: K, ...[where]: Optional<Where<K>>): [K, Record<string, Scalar>] {
  const kept = [...given(where?.params), ...given(where?.query)];
  return [key, Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)))];
}

type Scalar = string | number | boolean;
/** What was given of query or parameters: an absent or empty filter is none. */
function given(values: unknown): [string, Scalar][] {
  const entries = Object.entries((values ?? {}) as Record<string, Scalar | null | undefined>);
  return entries.filter((entry): entry is [string, Scalar] => entry[1] !== undefined && entry[1] !== null && entry[1] !== "");
}

/**
 * Calls the API from the browser. Gives the route's answer (undefined for an empty one); throws `ApiError`. Without a session the page
 * goes to sign-in and comes back; a call that must not do so sees `not_signed_in` as well, since the error is thrown in any case.
 */
export async function api<K extends RouteKey>(key: K, ...[options]: Optional<CallOptions<K>>): Promise<Answer<K>> {
  const method = key.slice(0, key.indexOf(" "));
  const headers: Record<string, string> = { accept: "application/json" };
  const init: RequestInit = { method, credentials: "same-origin", cache: "no-store", headers };
  if (options?.signal !== undefined) init.signal = options.signal;
  if (options?.body !== undefined) {
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(options.body);
  }
  return answerOf<K>(await reach(urlOf(key, options as never), init));
}

/** The route's answer in a response, however that was fetched (undefined for an empty one). Throws `ApiError`. */
export async function answerOf<K extends RouteKey>(response: Response): Promise<Answer<K>> {
  if (!response.ok) throw await errorOf(response);
  return (response.status === 204 ? undefined : await response.json()) as Answer<K>;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted === true) throw cause;
    throw notReached();
  }
}

/** The error of a call that did not reach the server. */
export const notReached = (): ApiError =>
  new ApiError(plain(0, "unavailable", "Bindery does not answer.", "Check your connection, then try again."));

async function errorOf(response: Response): Promise<ApiError> {
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json") === true;
  const error = new ApiError(
    isProblem
      ? ((await response.json()) as Problem)
      : plain(response.status, "unavailable", `Bindery answered ${response.status}.`, "Try again in a moment."),
  );
  if (error.code === "not_signed_in") goToSignIn();
  return error;
}

const plain = (status: number, code: Problem["code"], detail: string, remedy: string): Problem => ({
  type: `urn:bindery:problem:${code}`,
  title: detail,
  status,
  code,
  detail,
  remedy,
  correlationId: "",
});

function goToSignIn(): void {
  if (typeof window === "undefined" || window.location.pathname === "/sign-in") return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?returnTo=${encodeURIComponent(here)}`);
}
