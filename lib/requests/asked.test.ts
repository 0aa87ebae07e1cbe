import { expect, test } from "vitest";
import { deployInput, teardownInput } from "@/lib/deployments/testing";
import { PauseBody } from "@/lib/runs/schema";
import { CommentBody, DecideBody, RequestInput, WithdrawBody } from "./schema";

const evil = "in\u202etni";
const decision = { digest: "0".repeat(64), verdict: "reject" };
const revoke = { kind: "binding-revoke", clusterId: deployInput().clusterId, name: "ml", reason: "Two\nlines" };
const extension = (changes: object) => deployInput({ extension: { name: "azureml", settings: {}, protected: {}, ...changes } });

test.each<[string, { safeParse(value: unknown): { success: boolean; error?: unknown } }, object, object]>([
  ["a reason", RequestInput, revoke, { ...revoke, reason: evil }],
  ["a ticket", RequestInput, revoke, { ...revoke, ticket: evil }],
  ["a binding's name", RequestInput, revoke, { ...revoke, name: evil }],
  ["a cluster's id", RequestInput, revoke, { ...revoke, clusterId: revoke.clusterId.replace("/providers", "\u200b/providers") }],
  ["an extension's name", RequestInput, extension({}), extension({ name: evil })],
  ["a setting's key", RequestInput, extension({}), extension({ settings: { [evil]: "True" } })],
  ["a compute's name", RequestInput, teardownInput({ computes: ["a"] }), teardownInput({ computes: [evil] })],
  ["a decision's reason", DecideBody, { ...decision, reason: "Two\nlines" }, { ...decision, reason: evil }],
  ["a comment", CommentBody, { text: "Two\nlines" }, { text: evil }],
  ["a withdrawal's reason", WithdrawBody, { reason: "می\u200cخواهم" }, { reason: evil }],
  ["the reason of a pause", PauseBody, { paused: true, reason: "Two\nlines" }, { paused: true, reason: evil }],
])("a character that nobody sees is refused by its code in %s", (_, shape, good, bad) => {
  expect(shape.safeParse(good).error).toBeUndefined();
  expect(String(shape.safeParse(bad).error)).toMatch(/not seen \(U\+(202E|200B)\)/);
});
