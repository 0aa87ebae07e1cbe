import { beforeAll, describe, expect, test } from "vitest";
import { readEventText } from "@/lib/audit/event";
import { person } from "@/lib/audit/testing";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { refusalOf } from "@/lib/requests/testing/database";
import { certificateAmong, keptValues } from "../protected-store";
import { type Issued, issue } from "../settings/testing/issue";
import { keepCertificate } from "./keep-certificate";
import { lintExtension } from "./lint";

testDatabase();
const ines = person("Ines", ["Requester"]);
let own: Issued;
let other: Issued;

beforeAll(async () => {
  own = await issue({ name: "CN=ml.contoso.com", names: ["ml.contoso.com"] });
  other = await issue({ name: "CN=other.contoso.com", names: ["other.contoso.com"] });
});

describe("a certificate with its key", () => {
  test("is kept sealed for its owner, and on record by its fingerprint", async () => {
    const answer = await keepCertificate(ines, { certificate: own.pem, key: own.key });
    expect(answer.certificate).toMatchObject({ names: ["ml.contoso.com"], selfSigned: true });
    expect((await keptValues(ines, answer.refs)).map(({ key }) => key).sort()).toEqual(["sslCertPemFile", "sslKeyPemFile"]);
    expect(await keptValues(person("Tomas", ["Requester"]), answer.refs)).toEqual([]);
    const events = (await db().auditEvent.findMany()).map(({ event }) => readEventText(event));
    expect(events).toMatchObject([
      {
        action: "certificate-kept",
        outcome: "ok",
        actor: { name: "Ines" },
        subject: { type: "certificate", id: answer.certificate.fingerprint },
        detail: { fingerprint: answer.certificate.fingerprint },
      },
    ]);
    const lines = own.key.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));
    const told = JSON.stringify([answer, events, await db().protectedValue.findMany()]);
    for (const line of lines) expect(told).not.toContain(line);
  });

  test("counts as the certificate's key where both were uploaded together, and as no key of another upload's", async () => {
    const [pair, stranger] = [
      await keepCertificate(ines, { certificate: own.pem, key: own.key }),
      await keepCertificate(ines, { certificate: other.pem, key: other.key }),
    ].map(({ refs }) => refs);
    const mixed = { sslCertPemFile: pair!.sslCertPemFile, sslKeyPemFile: stranger!.sslKeyPemFile };
    const keyOf = async (refs: Record<string, { ref: string }>) => certificateAmong(await keptValues(ines, refs))?.key;
    expect(await keyOf(pair!)).toBe("matches");
    expect(await keyOf(mixed)).toBe("apart");
    expect(await keyOf({ sslCertPemFile: pair!.sslCertPemFile })).toBe("absent");
    expect(await keyOf({ sslKeyPemFile: pair!.sslKeyPemFile })).toBeUndefined();
    const extension = { name: "azureml", settings: { enableInference: "True", sslCname: "ml.contoso.com" }, protected: mixed };
    expect((await lintExtension(ines, { extension })).findings).toContainEqual(
      expect.objectContaining({ rule: "key-apart", level: "error", key: "sslKeyPemFile" }),
    );
  });

  test.each([
    ["the key of another certificate", () => ({ certificate: own.pem, key: other.key }), "key"],
    ["files that are swapped", () => ({ certificate: own.key, key: own.pem }), "certificate"],
    ["no PEM at all", () => ({ certificate: "hello", key: own.key }), "certificate"],
    ["a key that is none", () => ({ certificate: own.pem, key: "hello" }), "key"],
  ])("is refused with its field and a remedy, and nothing is kept: %s", async (_, files, field) => {
    const kept = await db().protectedValue.count();
    expect(await refusalOf(() => keepCertificate(ines, files()))).toMatchObject({
      code: "invalid_input",
      facts: { field, remedy: expect.any(String) },
    });
    expect(await db().protectedValue.count()).toBe(kept);
  });

  test.each(["Auditor", "Administrator"])("is not taken from a person who may not ask: %s", async (role) => {
    expect(await refusalOf(() => keepCertificate(person("Ada", [role]), { certificate: own.pem, key: own.key }))).toMatchObject({
      code: "forbidden",
    });
  });
});
