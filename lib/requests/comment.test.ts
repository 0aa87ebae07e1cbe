import { beforeEach, expect, test, vi } from "vitest";
import { person } from "@/lib/audit/testing";
import { verifyStored } from "@/lib/audit/verify-stored";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { commentOnRequest } from "./comment";
import { CommentBody } from "./schema";
import { eventsOf, refusalOf, trailOf, withoutCommit } from "./testing/database";
import { approve, type Looked, reject, requestOf, waiting } from "./testing/verbs";
import { resetWorld, world } from "./testing/world";

vi.mock("@/lib/auth/caller", async () => (await import("./testing/world")).entra);
vi.mock("@/lib/auth/scope", async () => (await import("./testing/world")).scope);
vi.mock("@/lib/bindings/gather", async () => (await import("./testing/world")).azure);
vi.mock("@/lib/policies/load", async () => (await import("./testing/world")).policies);

testDatabase();
beforeEach(() => resetWorld());

const rita = person("Rita", ["Requester"]);
const arno = person("Arno", ["Approver"]);
const say = ({ id }: Looked, actor: Actor, text = "Why not fewer roles?") => commentOnRequest(actor, { id }, { text });
const commentsOf = (requestId: string) => db().comment.findMany({ where: { requestId }, orderBy: { createdAt: "asc" } });

test("a comment is kept with its author and is on record once", async () => {
  const request = await waiting();
  const { id } = await say(request, arno);
  expect(await commentsOf(request.id)).toMatchObject([{ id, authorOid: "arno", authorName: "Arno", text: "Why not fewer roles?" }]);
  expect((await trailOf(request.id)).slice(1)).toEqual(["request-commented ok by Arno"]);
  expect((await eventsOf(request.id))[1]).toMatchObject({
    subject: { type: "request", id: request.id },
    detail: { comment: id, text: "Why not fewer roles?" },
  });
});

test("a private key that somebody comments by mistake does not reach the record", async () => {
  const request = await waiting();
  await say(request, arno, "Use -----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY----- please");
  expect((await eventsOf(request.id))[1]).toMatchObject({ detail: { text: "Use [redacted] please" } });
});

test.each([["Requester"], ["Approver"], ["Approver.Payments"]])("a person who holds %s and sees the request may comment", async (role) => {
  const request = await waiting();
  await say(request, person("Max", [role]));
  expect(await commentsOf(request.id)).toHaveLength(1);
});

test.each([["Auditor"], ["Administrator"], ["Approvers"]])("a person who holds %s alone may not", async (role) => {
  const request = await waiting();
  expect(await refusalOf(() => say(request, person("Max", [role])))).toMatchObject({ code: "forbidden" });
});

test("a person who may not see the request finds none", async () => {
  const request = await waiting();
  world.blind.add("arno");
  expect(await refusalOf(() => say(request, arno))).toMatchObject({ code: "not_found" });
});

test("a requester who no longer sees the cluster still talks about the request", async () => {
  const request = await waiting();
  world.blind.add("rita");
  await say(request, rita);
  expect(await commentsOf(request.id)).toHaveLength(1);
});

test("a comment neither changes the request nor comes between a look and a decision", async () => {
  const request = await waiting();
  const before = await requestOf(request.id);
  world.meanwhile = async () => void (await say(request, rita));
  expect(await approve(arno, request, "later")).toMatchObject({ state: "approved" });
  expect(await commentsOf(request.id)).toHaveLength(1);
  expect((await requestOf(request.id)).revision).toBe(before.revision + 1);
});

test("a closed request can still be talked about", async () => {
  const request = await waiting();
  await reject(arno, request, "Ask for less.");
  await say(request, rita);
  expect(await requestOf(request.id)).toMatchObject({ state: "rejected" });
  expect(await commentsOf(request.id)).toHaveLength(1);
});

test("a text has 1 to 4,000 characters, spaces around it not counted", async () => {
  expect(CommentBody.parse({ text: ` ${"a".repeat(4000)}\n` }).text).toBe("a".repeat(4000));
  for (const text of ["", " \n ", "a".repeat(4001)]) expect(CommentBody.safeParse({ text }).success).toBe(false);
  const request = await waiting();
  await say(request, rita, "a".repeat(4000));
  expect((await commentsOf(request.id))[0]?.text).toHaveLength(4000);
});

test.each(["comment", "audit_event"])("a comment is written whole or not at all: %s", async (table) => {
  const request = await waiting();
  expect(await refusalOf(() => withoutCommit(table, () => say(request, rita)))).toMatchObject({
    message: expect.stringContaining("no commit today"),
  });
  await say(request, rita);
  expect(await commentsOf(request.id)).toHaveLength(1);
});

test("the record of all that was done here verifies", async () => {
  expect(await verifyStored()).toMatchObject({ ok: true });
});
