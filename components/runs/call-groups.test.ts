import { expect, test } from "vitest";
import { type Call, callGroups } from "./call-groups";

const call = (parts: Partial<Call>): Call => ({
  id: "1",
  stepId: "put-binding",
  attempt: 1,
  purpose: "poll",
  method: "GET",
  path: "/operations/1",
  apiVersion: "2025-03-01",
  status: 200,
  azureCode: null,
  requestId: null,
  correlationId: "c",
  startedAt: "2026-11-24T10:00:00Z",
  endedAt: "2026-11-24T10:00:01Z",
  ...parts,
});

test("polls in a row with the same answer become one group", () => {
  expect(callGroups([call({ id: "a" }), call({ id: "b" }), call({ id: "c" })]).map((group) => group.map(({ id }) => id))).toEqual([
    ["a", "b", "c"],
  ]);
});

test("another answer begins another group", () => {
  const groups = callGroups([call({}), call({ status: 429 }), call({})]);
  expect(groups.map((group) => group[0].status)).toEqual([200, 429, 200]);
});

test("reads and writes are never put together", () => {
  expect(callGroups([call({ purpose: "write", method: "PUT" }), call({ purpose: "write", method: "PUT" })])).toHaveLength(2);
});
