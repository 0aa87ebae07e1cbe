import { beforeEach, describe, expect, test } from "vitest";
import { person } from "@/lib/audit/testing";
import type { Actor } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { newCorrelationId, newId } from "@/lib/kernel/ids";
import { changeRequest, closeRequest } from "@/lib/requests/store";
import { type AskedValues, claimValues, keepValue, keptValues, openValues, wipeOverdue, wipeValues } from "./protected-store";

testDatabase();
beforeEach(async () => {
  await db().protectedValue.deleteMany();
});

const rita = person("Rita", ["Requester"]);
const max = person("Max", ["Requester", "Approver", "Administrator"]);
const secret = "-----BEGIN PRIVATE KEY-----";
const keep = (owner: Actor = rita, value = secret, under = key) => transaction((tx) => keepValue(tx, owner, under, value, null));
const key = "sslKeyPemFile";
const claim = (owner: Actor, requestId: string, asked: AskedValues) => transaction((tx) => claimValues(tx, owner, requestId, asked));
const rowOf = (ref: string) => db().protectedValue.findUnique({ where: { ref } });

async function requestIn(state: "waiting" | "approved") {
  return db().request.create({
    data: {
      id: newId(),
      kind: "ml-deploy",
      state,
      tid: rita.tid,
      requesterOid: rita.oid,
      requesterKey: rita.personKey,
      requesterName: rita.name,
      input: {},
      reason: "x",
      clusterId: "/c",
      clusterKey: "/c",
      sourceId: "/w",
      sourceKey: "/w",
      subscriptionId: "s",
      bindingName: "b",
      sentence: "x",
      correlationId: newCorrelationId(),
      createdAt: new Date(),
      updatedAt: new Date(),
    },
  });
}

describe("a protected value", () => {
  test("is kept sealed, and what may be known of it tells nothing of it", async () => {
    const kept = await keep();
    expect(JSON.stringify([kept, await rowOf(kept.ref)])).not.toContain("PRIVATE KEY");
    expect(await keptValues(rita, { [key]: kept })).toEqual([kept]);
    expect((await keep(rita, secret)).hash).toBe(kept.hash);
    expect((await keep(rita, `${secret}2`)).hash).not.toBe(kept.hash);
  });

  test("is found and asked with by its owner alone", async () => {
    const { ref } = await keep();
    const { id } = await requestIn("waiting");
    expect(await keptValues(max, { [key]: { ref } })).toEqual([]);
    expect(await keptValues({ tid: "another", oid: rita.oid }, { [key]: { ref } })).toEqual([]);
    await expect(claim(max, id, { [key]: { ref } })).rejects.toMatchObject({ code: "invalid_input" });
    expect(await openValues(id)).toEqual(new Map());
    await claim(rita, id, { [key]: { ref } });
    expect(await openValues(id)).toEqual(new Map([[ref, secret]]));
  });

  test("belongs to one request only, also when two ask at the same moment", async () => {
    const { ref } = await keep();
    const [one, two] = [await requestIn("waiting"), await requestIn("waiting")];
    const both = await Promise.allSettled([claim(rita, one.id, { [key]: { ref } }), claim(rita, two.id, { [key]: { ref } })]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await openValues(one.id)).size + (await openValues(two.id)).size).toBe(1);
  });

  test("is claimed with all the others or not at all", async () => {
    const { ref } = await keep();
    const { id } = await requestIn("waiting");
    await expect(claim(rita, id, { [key]: { ref }, sslCertPemFile: { ref: newId() } })).rejects.toMatchObject({
      code: "invalid_input",
      facts: { field: "extension.protected" },
    });
    expect((await rowOf(ref))?.requestId).toBeNull();
  });

  test("serves under the key alone that it was entered for, so that no other certificate is shown than the one that is sent", async () => {
    const [own, other] = [await keep(), await keep(rita, "a certificate", "sslCertPemFile")];
    const { id } = await requestIn("waiting");
    const asked = { [key]: own, "nginxIngress.x": other };
    expect(await keptValues(rita, asked)).toEqual([own]);
    await expect(claim(rita, id, asked)).rejects.toMatchObject({ code: "invalid_input", facts: { field: "extension.protected" } });
    await expect(claim(rita, id, { [key]: other, sslCertPemFile: own })).rejects.toMatchObject({ code: "invalid_input" });
    expect((await rowOf(own.ref))?.requestId).toBeNull();
  });

  test("cannot be opened under another reference", async () => {
    const [one, two] = [await keep(rita, "one"), await keep(rita, "two", "sslCertPemFile")];
    const { id } = await requestIn("waiting");
    await claim(rita, id, { [key]: one, sslCertPemFile: two });
    await db().protectedValue.update({ where: { ref: one.ref }, data: { sealed: (await rowOf(two.ref))?.sealed ?? "" } });
    await expect(openValues(id)).rejects.toBeInstanceOf(Error);
  });

  test("is one of at most fifty that no request uses", async () => {
    const { ref } = await keep();
    const row = await db().protectedValue.findUniqueOrThrow({ where: { ref }, omit: { facts: true } });
    await db().protectedValue.createMany({ data: Array.from({ length: 49 }, () => ({ ...row, ref: newId() })) });
    await expect(keep()).rejects.toMatchObject({ code: "conflict" });
    await keep(max);
    await claim(rita, (await requestIn("waiting")).id, { [key]: { ref } });
    await keep();
  });
});

describe("it is wiped", () => {
  test.each(["withdrawn", "rejected", "expired"] as const)("when its request is %s", async (state) => {
    const [{ ref }, other] = [await keep(), await keep()];
    const request = await requestIn("waiting");
    await claim(rita, request.id, { [key]: { ref } });
    await transaction((tx) => changeRequest(tx, request, { state, closedAt: new Date() }));
    expect(await rowOf(ref)).toBeNull();
    expect(await rowOf(other.ref)).not.toBeNull();
  });

  test("when its run ends, done or cancelled, and not while a request goes on", async () => {
    const { ref } = await keep();
    const request = await requestIn("waiting");
    await claim(rita, request.id, { [key]: { ref } });
    await transaction((tx) => changeRequest(tx, request, { state: "approved" }));
    expect(await rowOf(ref)).not.toBeNull();
    await transaction((tx) => closeRequest(tx, { requestId: request.id, clusterKey: "/c", sourceKey: "/w", tid: rita.tid }));
    expect(await rowOf(ref)).toBeNull();
    await transaction((tx) => wipeValues(tx, request.id));
  });

  test("when its time is over, whether it was asked with or not, and is of no use from that moment on", async () => {
    const [asked, idle, fresh] = [await keep(), await keep(), await keep()];
    const { id } = await requestIn("approved");
    await claim(rita, id, { [key]: asked });
    await db().protectedValue.updateMany({ where: { ref: { in: [asked.ref, idle.ref] } }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await openValues(id)).toEqual(new Map());
    expect(await keptValues(rita, { [key]: asked, other: idle })).toEqual([]);
    await expect(claim(rita, id, { [key]: idle })).rejects.toMatchObject({ code: "invalid_input" });
    expect(await wipeOverdue()).toBe(2);
    expect(await wipeOverdue()).toBe(0);
    expect(await rowOf(fresh.ref)).not.toBeNull();
  });
});
