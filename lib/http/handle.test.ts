import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { signedIn } from "@/lib/auth/testing/signed-in";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { moveClock } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { handle } from "./handle";
import type { Problem } from "./problem-shape";

testDatabase();
const id = "0190a5a0-0000-7000-8000-000000000000";
const comments = "POST /api/v1/requests/{id}/comments";
type Handler = ReturnType<typeof handle>;
type Options = { cookie?: string; body?: string; origin?: string; query?: string; path?: string; params?: Record<string, string> };

async function send(
  handler: Handler,
  { cookie = "", body, origin = "http://localhost:3000", query = "", path = "x", params = { id } }: Options,
) {
  const headers = { cookie, origin, "content-type": "application/json" };
  const init = body === undefined ? { method: "GET", headers } : { method: "POST", headers, body };
  const request = new Request(`http://localhost:3000/api/v1/${path}${query}`, init);
  const response = await handler(request, { params: Promise.resolve(params) });
  return { request, response, answer: response.status === 204 ? null : ((await response.json()) as Problem & Record<string, unknown>) };
}

const denials = (): Promise<number> => db().auditEvent.count({ where: { action: { in: ["access-denied", "foreign-origin-refused"] } } });
const work = vi.fn(async () => ({ id: "c1" }));
beforeEach(() => void work.mockClear());
afterEach(() => {
  moveClock(0);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the wrapper", () => {
  test("hands proven and parsed things to the work and sends back what is declared, no more", async () => {
    const { cookie, session } = await signedIn();
    const given = vi.fn(async () => ({ id: "c1", secret: "row" }));
    const { response, answer } = await send(handle(comments, given), { cookie, body: '{"text":" hello "}' });
    expect([response.status, answer]).toEqual([201, { id: "c1" }]);
    expect(given).toHaveBeenCalledWith(expect.objectContaining({ params: { id }, body: { text: "hello" }, query: undefined }));
    expect(given).toHaveBeenCalledWith(expect.objectContaining({ actor: expect.objectContaining({ oid: session.oid }) as unknown }));
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-correlation-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("asks for the session before anything else", async () => {
    const before = await denials();
    const { response, answer, request } = await send(handle(comments, work), { body: "{", origin: "https://evil.example" });
    expect([response.status, answer?.code, request.bodyUsed]).toEqual([401, "not_signed_in", false]);
    expect(await denials()).toBe(before);
  });

  test("then for the origin, before role and body", async () => {
    const { cookie } = await signedIn({ portalRoles: [] });
    const { response, answer, request } = await send(handle(comments, work), { cookie, body: "{", origin: "https://evil.example" });
    expect([response.status, answer?.code, request.bodyUsed]).toEqual([403, "forbidden", false]);
    expect(await db().auditEvent.findFirst({ orderBy: { sequence: "desc" } })).toMatchObject({
      action: "foreign-origin-refused",
      outcome: "refused",
    });
  });

  test("then for the portal role, before the body", async () => {
    const { cookie } = await signedIn({ portalRoles: ["Auditor"] });
    const { response, request } = await send(handle(comments, work), { cookie, body: "{" });
    expect([response.status, request.bodyUsed]).toEqual([403, false]);
    expect(work).not.toHaveBeenCalled();
  });

  test("then for well-formed parameters, query and body", async () => {
    const { cookie } = await signedIn();
    expect((await send(handle(comments, work), { cookie, body: "{", params: { id: "7" } })).answer?.field).toBe("id");
    expect((await send(handle(comments, work), { cookie, body: "{", query: "?x=1" })).answer?.field).toBe("x");
    expect((await send(handle(comments, work), { cookie, body: "{" })).answer?.status).toBe(400);
    expect((await send(handle(comments, work), { cookie, body: '{"text":""}' })).answer?.fields).toEqual({
      text: "Write something first.",
    });
    expect((await send(handle(comments, work), { cookie, body: `{"text":"${"a".repeat(70_000)}"}` })).answer?.status).toBe(413);
    expect(work).not.toHaveBeenCalled();
  });

  test("limits how often a person calls a route, before it reads the body, and lets in again afterwards", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { cookie } = await signedIn();
    const { cookie: another } = await signedIn();
    const submit = handle("POST /api/v1/requests", async () => ({ id, number: 1 }));
    for (let call = 0; call < 30; call++) expect((await send(submit, { cookie, body: "{}" })).response.status).toBe(400);
    const { response, answer, request } = await send(submit, { cookie, body: "{}" });
    expect([response.status, answer?.code, request.bodyUsed]).toEqual([429, "rate_limited", false]);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await send(submit, { cookie: another, body: "{}" })).response.status).toBe(400);
    moveClock(3000);
    expect((await send(submit, { cookie, body: "{}" })).response.status).toBe(400);
  });

  test("answers a defect, and an answer of another shape than declared, without details", async () => {
    const logged = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const { cookie } = await signedIn();
    for (const broken of [async () => Promise.reject(new Error("at /srv/bindery/secret.ts")), async () => ({ id: 7 })]) {
      const { response, answer } = await send(handle(comments, broken as never), { cookie, body: '{"text":"hello"}' });
      expect([response.status, answer?.code]).toEqual([500, "internal"]);
      expect(JSON.stringify(answer)).not.toMatch(/srv|secret|zod|expected/);
      expect(String(logged.mock.lastCall?.[0])).toContain(answer?.correlationId);
    }
  });

  test("audits what a verb forbids, once a minute for a person and route, and not what it does not find", async () => {
    const { cookie } = await signedIn({ oid: randomUUID() });
    const before = await denials();
    const missing = handle(comments, () => Promise.reject(new BinderyError("not_found", "There is no such request.")));
    expect((await send(missing, { cookie, body: '{"text":"hello"}' })).response.status).toBe(404);
    expect(await denials()).toBe(before);
    const forbidding = handle(comments, () => Promise.reject(new BinderyError("forbidden", "Never one's own.")));
    for (let call = 0; call < 5; call++) await send(forbidding, { cookie, body: '{"text":"hello"}' });
    expect(await denials()).toBe(before + 1);
    moveClock(61_000);
    await send(forbidding, { cookie, body: '{"text":"hello"}' });
    expect(await denials()).toBe(before + 2);
  });

  test("names in the record the address that was refused, and takes a foreign page's many addresses for one", async () => {
    const { cookie } = await signedIn({ oid: randomUUID() });
    const newest = () => db().auditEvent.findFirst({ orderBy: { sequence: "desc" } });
    const forbidding = handle(comments, () => Promise.reject(new BinderyError("forbidden", "Never one's own.")));
    const body = '{"text":"hello"}';
    const before = await denials();
    for (const requestId of [randomUUID(), randomUUID()]) {
      const path = `requests/${requestId}/comments`;
      await send(forbidding, { cookie, body, path });
      expect(await newest()).toMatchObject({ action: "access-denied", requestId, subjectId: `POST /api/v1/${path}` });
    }
    expect(await denials()).toBe(before + 2);
    for (let call = 0; call < 3; call++)
      await send(forbidding, { cookie, body, path: `requests/${randomUUID()}/comments`, origin: "https://evil.example" });
    expect(await denials()).toBe(before + 3);
  });

  test("tells where to sign in again when Entra wants the person, with what Entra asked for", async () => {
    const { cookie } = await signedIn();
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"p1"}}}';
    const wanting = handle("GET /api/v1/me", () => Promise.reject(new BinderyError("sign_in_needed", "Again, please.", { claims })));
    const { response, answer } = await send(wanting, { cookie });
    expect([response.status, answer?.code]).toEqual([401, "sign_in_needed"]);
    expect(new URL(answer?.signInUrl ?? "", "http://localhost").searchParams.get("claims")).toBe(claims);
  });

  test("sends the headers that the work adds, also on its own Response", async () => {
    const { cookie } = await signedIn();
    const ending = handle("DELETE /api/v1/sessions/{id}", async ({ answerHeaders }) => {
      answerHeaders.append("set-cookie", "bindery=; Max-Age=0");
      return undefined;
    });
    const { response } = await send(ending, { cookie, params: { id: "a".repeat(64) } });
    expect([response.status, response.headers.get("set-cookie")]).toEqual([204, "bindery=; Max-Age=0"]);
  });
});
