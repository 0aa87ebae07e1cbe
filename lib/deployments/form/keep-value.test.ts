import { describe, expect, test } from "vitest";
import { readEventText } from "@/lib/audit/event";
import { person } from "@/lib/audit/testing";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { refusalOf } from "@/lib/requests/testing/database";
import { keptValues } from "../protected-store";
import { settingsTable } from "../settings/table";
import { keepProtectedValue } from "./keep-value";
import { readSettings } from "./settings";

testDatabase();
const ines = person("Ines", ["Requester"]);
const value = "c2hhcmVkIGtleSBvZiB0aGUgd29ya3NwYWNl";

/** Every protected setting of the table but the certificate's files, which have a field of their own. */
const keys = settingsTable.filter((one) => one.protected && one.kind !== "pem").map(({ key }) => key);

test("the form offers every protected setting that is no file, and marks it", async () => {
  const offered = (await readSettings()).settings.filter((one) => one.protected).map(({ key }) => key);
  expect(keys.length).toBeGreaterThan(0);
  expect(offered).toEqual(keys);
});

describe("the value of a protected setting", () => {
  test.each([...keys, "volcanoScheduler.registryPassword", "a.key.of.tomorrow"])(
    "is kept sealed for its owner, and on record by its key: %s",
    async (key) => {
      const answer = await keepProtectedValue(ines, { key, value });
      expect(await keptValues(ines, { [key]: answer })).toMatchObject([{ key, certificate: null }]);
      expect(await keptValues(person("Tomas", ["Requester"]), { [key]: answer })).toEqual([]);
      const events = (await db().auditEvent.findMany({ orderBy: { sequence: "asc" } })).map(({ event }) => readEventText(event));
      expect(events.at(-1)).toMatchObject({
        action: "protected-value-kept",
        outcome: "ok",
        actor: { name: "Ines" },
        subject: { type: "protected-setting", id: key },
      });
      expect(JSON.stringify([answer, events, await db().protectedValue.findMany()])).not.toContain(value);
    },
  );

  test.each([
    ["a file", "sslKeyPemFile", /given as a file/],
    ["no secret", "enableTraining", /is no secret/],
    ["another case", "Azure_Log_Analytics.connection_string", /did you mean azure_log_analytics\.connection_string/],
    ["an old name", "scoringFe.sslKey", /not to be set/],
    ["for Arc", "serviceBusConnectionString", /Azure Arc/],
  ])("is refused with its field and a remedy, and nothing is kept: %s", async (_, key, why) => {
    const before = await db().protectedValue.count();
    expect(await refusalOf(() => keepProtectedValue(ines, { key, value }))).toMatchObject({
      code: "invalid_input",
      facts: { field: "key", fields: { key: expect.stringMatching(why) }, remedy: expect.any(String) },
    });
    expect(await db().protectedValue.count()).toBe(before);
  });

  test.each(["Auditor", "Administrator"])("is not taken from a person who may not ask: %s", async (role) => {
    expect(await refusalOf(() => keepProtectedValue(person("Ada", [role]), { key: keys[0] ?? "", value }))).toMatchObject({
      code: "forbidden",
    });
  });
});
