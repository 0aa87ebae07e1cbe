import { expect, test } from "vitest";
import { ApiError } from "@/lib/http/api";
import type { Check, RequestBody } from "../shapes";
import { type Finding, isStillSaid, textsFor } from "./field-checks";

const check = (parts: Partial<Check>): Check => ({ key: "k", label: "L", status: "warning", message: "m", field: "roles", ...parts });
const refusal = (fields: Record<string, string>): ApiError =>
  new ApiError({ type: "t", title: "t", status: 400, detail: "d", code: "invalid_input", fields, correlationId: "" });
const body = (parts: object = {}) =>
  ({ kind: "binding-grant", clusterId: "/c", sourceResourceId: "/s", name: "ml", roles: ["a/b"], hours: "8", ...parts }) as RequestBody;
const found = (parts: Partial<Finding>): Finding => ({ about: body(), checks: [], refusal: null, ...parts });
const blocking = check({ status: "blocking", message: "from the check" });

test("a refusal of the server wins over the check of what is typed now", () => {
  const findings = [found({ refusal: refusal({ roles: "from the server" }) }), found({ checks: [blocking] })];
  expect(textsFor("roles", body(), findings).error).toBe("from the server");
});

test("an error inside a list belongs to the list's field", () => {
  expect(textsFor("roles", body(), [found({ refusal: refusal({ "roles.0": "no such role" }) })]).error).toBe("no such role");
});

test("a blocking check stands beside its field with its remedy; others do not touch it", () => {
  const checks = [check({ status: "blocking", message: "Taken.", remedy: "Choose another." }), check({ key: "x", field: "name" })];
  expect(textsFor("roles", body(), [found({ checks })])).toEqual({ error: "Taken. Choose another.", warnings: [] });
});

test("what could not be verified is a warning, what is fine is silent", () => {
  const texts = textsFor("roles", body(), [found({ checks: [check({ status: "not-verified" }), check({ status: "ok" })] })]);
  expect(texts.error).toBeUndefined();
  expect(texts.warnings).toHaveLength(1);
});

test("what was found in another text, for another kind or on another cluster is not said any more", () => {
  const findings = [found({ refusal: refusal({ roles: "no" }) }), found({ checks: [blocking, check({})] })];
  const silent = { error: undefined, warnings: [] };
  expect(textsFor("roles", body({ roles: ["a/c"] }), findings)).toEqual(silent);
  expect(textsFor("roles", body({ clusterId: "/d" }), findings)).toEqual(silent);
  expect(textsFor("roles", body({ kind: "binding-update" }), findings)).toEqual(silent);
  expect(textsFor("roles", body({ name: "other" }), findings).error).toBe("no");
  expect(textsFor("roles", body(), [found({ about: undefined, checks: [blocking] })])).toEqual(silent);
});

test("what was said about a part of the request goes when its neighbours change", () => {
  const about = body({ compute: { name: "k8s", namespace: "default" } });
  const findings = [found({ about, refusal: refusal({ "compute.name": "taken" }) })];
  expect(textsFor("compute.name", about, findings).error).toBe("taken");
  expect(textsFor("compute.name", body({ compute: { name: "k8s", namespace: "ml-ops" } }), findings).error).toBeUndefined();
  expect(textsFor("compute.namespace", about, findings).error).toBeUndefined();
});

test("a refusal is said until every field that it names was changed; one that names none, until the next send", () => {
  const error = refusal({ name: "taken", "roles.0": "no such role" });
  expect(isStillSaid(error, body(), body())).toBe(true);
  expect(isStillSaid(error, body(), body({ name: "other" }))).toBe(true);
  expect(isStillSaid(error, body(), body({ name: "other", roles: ["a/c"] }))).toBe(false);
  expect(isStillSaid(refusal({}), body(), body({ name: "other" }))).toBe(true);
  expect(isStillSaid(new Error("x"), body(), body({ name: "other" }))).toBe(true);
});
