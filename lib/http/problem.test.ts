import { afterEach, describe, expect, test, vi } from "vitest";
import { BinderyError, errorCodes } from "@/lib/kernel/errors";
import { problemOf, problemResponse, statusOf } from "./problem";

afterEach(() => vi.restoreAllMocks());

describe("a problem", () => {
  test("every code has a status that says whose fault it is", () => {
    const server = ["azure_unavailable", "throttled", "unavailable", "wrong_setting", "internal"];
    expect(errorCodes.filter((code) => statusOf(code) >= 500)).toEqual(server);
  });

  test("keeps sentence, remedy, fields and what Azure said", () => {
    const error = new BinderyError("rights_needed", "You lack a role.", {
      remedy: "Activate it.",
      azureCode: "AuthorizationFailed",
      action: "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write",
      scope: "/subscriptions/s",
      claims: '{"access_token":{}}',
      cause: new Error("token eyJ"),
    });
    const problem = problemOf(error, "corr", "/api/auth/step-up");
    expect(problem).toMatchObject({
      status: 403,
      code: "rights_needed",
      detail: "You lack a role.",
      remedy: "Activate it.",
      azureCode: "AuthorizationFailed",
    });
    expect(problem).toMatchObject({ correlationId: "corr", scope: "/subscriptions/s", signInUrl: "/api/auth/step-up" });
    expect(JSON.stringify(problem)).not.toMatch(/claims|access_token|eyJ|cause/);
  });

  test.each([
    ["a defect", new TypeError("cannot read properties of /etc/passwd")],
    ["a wrong setting", new BinderyError("wrong_setting", "The file /etc/bindery/key.pem cannot be read.")],
    ["an internal error", new BinderyError("internal", "row 17 of token_cache")],
    ["something that is no error", "a text with /etc/passwd"],
  ])("%s is answered without its words, which go to the log", (_what, thrown) => {
    const logged = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const problem = problemOf(thrown, "corr");
    expect(problem.status).toBe(500);
    expect(JSON.stringify(problem)).not.toMatch(/etc|token_cache|stack|passwd/);
    expect(String(logged.mock.calls[0]?.[0])).toMatch(/"correlationId":"corr".*(etc|token_cache|passwd)/);
  });

  test("is answered as problem+json, uncached, with its correlation id and when to try again", async () => {
    const error = new BinderyError("rate_limited", "Too often.", { retryAfterSeconds: 2.2 });
    const response = problemResponse(problemOf(error, "corr"));
    expect(response.status).toBe(429);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-correlation-id")).toBe("corr");
    expect(response.headers.get("retry-after")).toBe("3");
    expect(await response.json()).toMatchObject({ type: "urn:bindery:problem:rate_limited" });
  });
});

test("a conflict has the title of its kind, and a plain one where it has none", () => {
  expect(problemOf(new BinderyError("conflict", "It is over.", { title: "Somebody else was faster" }), "c")).toMatchObject({
    status: 409,
    title: "Somebody else was faster",
    type: "urn:bindery:problem:conflict",
  });
  expect(problemOf(new BinderyError("conflict", "It is over."), "c").title).toBe("That is not possible now");
});
