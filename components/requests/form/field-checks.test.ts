import { expect, test } from "vitest";
import { ApiError } from "@/lib/http/api";
import type { Check } from "../shapes";
import { textsFor } from "./field-checks";

const check = (parts: Partial<Check>): Check => ({ key: "k", label: "L", status: "warning", message: "m", field: "roles", ...parts });
const refusal = (fields: Record<string, string>): ApiError =>
  new ApiError({ type: "t", title: "t", status: 400, detail: "d", code: "invalid_input", fields, correlationId: "" });

test("a refusal of the server wins over the check of what is typed now", () => {
  const texts = textsFor(
    "roles",
    [check({ status: "blocking", message: "from the check" })],
    [refusal({ roles: "from the server" }), null],
  );
  expect(texts.error).toBe("from the server");
});

test("an error inside a list belongs to the list's field", () => {
  expect(textsFor("roles", [], [refusal({ "roles.0": "no such role" })]).error).toBe("no such role");
});

test("a blocking check stands beside its field with its remedy; others do not touch it", () => {
  const checks = [check({ status: "blocking", message: "Taken.", remedy: "Choose another." }), check({ key: "x", field: "name" })];
  expect(textsFor("roles", checks, [])).toEqual({ error: "Taken. Choose another.", warnings: [] });
});

test("what could not be verified is a warning, what is fine is silent", () => {
  const texts = textsFor("roles", [check({ status: "not-verified" }), check({ status: "ok" })], []);
  expect(texts.error).toBeUndefined();
  expect(texts.warnings).toHaveLength(1);
});
