import { afterEach, describe, expect, test, vi } from "vitest";
import { ApiError, api, apiKey, urlOf } from "./api";

afterEach(() => vi.unstubAllGlobals());

const answering = (status: number, body: unknown, type = "application/json"): ReturnType<typeof vi.fn> => {
  const stub = vi.fn(async () => new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { "content-type": type } }));
  vi.stubGlobal("fetch", stub);
  return stub;
};

describe("the address of a route", () => {
  test("has its parameters encoded and its unset filters left out", () => {
    const params = { subscription: "11111111-1111-1111-1111-111111111111", group: "rg (eu)/x", name: "aks" };
    expect(urlOf("GET /api/v1/clusters/{subscription}/{group}/{name}", { params })).toBe(
      "/api/v1/clusters/11111111-1111-1111-1111-111111111111/rg%20(eu)%2Fx/aks",
    );
    expect(urlOf("GET /api/v1/requests", { query: { view: "mine", search: "", limit: 20 } })).toBe("/api/v1/requests?view=mine&limit=20");
    expect(urlOf("GET /api/v1/me")).toBe("/api/v1/me");
  });

  test("gives the same query key whatever the order or absence of filters", () => {
    expect(apiKey("GET /api/v1/requests", { query: { view: "mine", limit: 20 } })).toEqual(
      apiKey("GET /api/v1/requests", { query: { limit: 20, search: "", view: "mine" } }),
    );
    expect(JSON.stringify(apiKey("GET /api/v1/requests", { query: { view: "mine", limit: 20 } }))).toBe(
      JSON.stringify(apiKey("GET /api/v1/requests", { query: { limit: 20, view: "mine" } })),
    );
  });
});

describe("a call", () => {
  test("sends JSON and gives the answer", async () => {
    const fetched = answering(201, { id: "c1" });
    const id = "0190a5a0-0000-7000-8000-000000000000";
    expect(await api("POST /api/v1/requests/{id}/comments", { params: { id }, body: { text: "Looks right" } })).toEqual({ id: "c1" });
    const [url, init] = fetched.mock.calls[0] as [string, RequestInit];
    expect(url).toBe(`/api/v1/requests/${id}/comments`);
    expect(init).toMatchObject({ method: "POST", credentials: "same-origin", body: '{"text":"Looks right"}' });
  });

  test("gives undefined for an empty answer", async () => {
    answering(204, null);
    expect(await api("DELETE /api/v1/sessions/{id}", { params: { id: "a".repeat(64) } })).toBeUndefined();
  });

  test("throws what the server said, with a sentence for each field", async () => {
    const problem = {
      status: 400,
      code: "invalid_input",
      detail: "Wrong.",
      fields: { text: "Write something first." },
      correlationId: "c",
    };
    answering(400, problem, "application/problem+json; charset=utf-8");
    const error = await api("GET /api/v1/me").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: "invalid_input", status: 400, message: "Wrong.", fields: { text: "Write something first." } });
  });

  test("without a session sends the person to sign in, and back to the same page", async () => {
    const assign = vi.fn();
    vi.stubGlobal("window", { location: { pathname: "/requests", search: "?view=mine", assign } });
    answering(401, { status: 401, code: "not_signed_in", detail: "", correlationId: "" }, "application/problem+json");
    await expect(api("GET /api/v1/me")).rejects.toMatchObject({ code: "not_signed_in" });
    expect(assign).toHaveBeenCalledWith("/sign-in?returnTo=%2Frequests%3Fview%3Dmine");
  });

  test("leaves the page alone when Entra wants the person: the page offers the way", async () => {
    const assign = vi.fn();
    vi.stubGlobal("window", { location: { pathname: "/requests", search: "", assign } });
    const problem = { status: 401, code: "sign_in_needed", detail: "", correlationId: "", signInUrl: "/api/auth/step-up?claims=x" };
    answering(401, problem, "application/problem+json");
    await expect(api("GET /api/v1/clusters")).rejects.toMatchObject({ problem: { signInUrl: "/api/auth/step-up?claims=x" } });
    expect(assign).not.toHaveBeenCalled();
  });

  test("that reaches nobody, or a proxy's own error page, is said in words", async () => {
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => Promise.reject(new TypeError("fetch failed"))),
    );
    await expect(api("GET /api/v1/me")).rejects.toMatchObject({ status: 0, code: "unavailable" });
    answering(502, "<html>", "text/html");
    await expect(api("GET /api/v1/me")).rejects.toMatchObject({ status: 502, code: "unavailable" });
  });

  test("that the page gave up stays an abort", async () => {
    const gone = AbortSignal.abort();
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => Promise.reject(new DOMException("gone", "AbortError"))),
    );
    await expect(api("GET /api/v1/me", { signal: gone })).rejects.toMatchObject({ name: "AbortError" });
  });
});
