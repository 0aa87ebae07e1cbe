import fc from "fast-check";
import { expect, test } from "vitest";
import { extensionBody, fillProtected } from "./body";
import { derivedSettings } from "./derived";
import type { SettingsFacts } from "./facts";
import { applyFix, type Finding } from "./finding";
import type { ExtensionInput, UncheckedInput } from "./input";
import { isAllowed, lintSettings } from "./lint";
import { lookUp } from "./table";
import { anyFacts, anyInput, likelyInput } from "./testing/inputs";
import { clusterFacts } from "./testing/samples";

const runs = { numRuns: 300 };
const same =
  (one: Finding) =>
  (other: Finding): boolean =>
    other.rule === one.rule && other.key === one.key;

test("whatever is asked, the check gives sentences and a remedy, and repeats nothing protected", () => {
  fc.assert(
    fc.property(anyInput, anyFacts, (input, facts) => {
      const findings = lintSettings(input, facts);
      for (const one of findings) for (const text of [one.rule, one.message, one.remedy, one.fix?.label ?? "x"]) expect(text).not.toBe("");
      expect(JSON.stringify(findings)).not.toContain("s3cret");
      expect(new Set(findings.map(({ rule, key }) => `${rule}\0${key}`)).size).toBe(findings.length);
    }),
    runs,
  );
});

test("the order of the keys does not matter, nor how often it is asked", () => {
  const turned = (map: Record<string, unknown>) => Object.fromEntries(Object.entries(map).reverse());
  fc.assert(
    fc.property(anyInput, anyFacts, (input, facts) => {
      const findings = lintSettings(input, facts);
      expect(lintSettings({ ...input, settings: turned(input.settings), protected: turned(input.protected) }, facts)).toEqual(findings);
    }),
    runs,
  );
});

test("every fix takes its finding away, and no setting that it does not name", () => {
  fc.assert(
    fc.property(anyInput, anyFacts, (input, facts) => {
      for (const one of lintSettings(input, facts)) {
        if (one.fix === undefined) continue;
        const after = applyFix(input, one.fix);
        expect(lintSettings(after, facts).find(same(one)), JSON.stringify({ one, input, after })).toBeUndefined();
        const touched = new Set(one.fix.changes.flatMap((change) => ("key" in change ? [change.key] : [])));
        const lost = Object.entries(input.settings).filter(([key, value]) => !touched.has(key) && after.settings[key] !== value);
        expect(lost).toEqual([]);
      }
    }),
    runs,
  );
});

/** Takes every fix that is offered, until none is. */
function mended(input: UncheckedInput, facts: SettingsFacts): UncheckedInput {
  let current = input;
  for (let round = 0; round < 60; round++) {
    const fix = lintSettings(current, facts).find((one) => one.level === "error" && one.fix !== undefined)?.fix;
    if (fix === undefined) return current;
    current = applyFix(current, fix);
  }
  throw new Error(`The fixes go round in circles: ${JSON.stringify(current)}`);
}

test("taking every fix of an error comes to an end", () => {
  fc.assert(
    fc.property(anyInput, anyFacts, (input, facts) => {
      expect(lintSettings(mended(input, facts), facts).some((one) => one.level === "error" && one.fix !== undefined)).toBe(false);
    }),
    runs,
  );
});

test("what the check allows becomes a body of texts, with secrets only where they belong", () => {
  let allowed = 0;
  fc.assert(
    fc.property(fc.oneof(anyInput, likelyInput), anyFacts, (asked, facts) => {
      const input = mended(asked, facts);
      if (!isAllowed(lintSettings(input, facts))) return;
      allowed++;
      const sound = { ...input, name: input.name ?? "azureml" } as ExtensionInput;
      const body = extensionBody(sound, derivedSettings(sound, clusterFacts));
      const { configurationSettings, configurationProtectedSettings } = body.properties;
      for (const [key, value] of Object.entries(configurationSettings)) {
        expect(typeof value, key).toBe("string");
        const found = lookUp(key);
        expect(found.status === "known" && found.setting.protected, key).toBe(false);
      }
      expect(JSON.parse(JSON.stringify(body))).toEqual(body);
      expect(Object.keys(configurationSettings).filter((key) => Object.hasOwn(configurationProtectedSettings, key))).toEqual([]);
      const filled = fillProtected(body, (ref) => `PEM ${ref}`).properties.configurationProtectedSettings;
      for (const value of Object.values(filled)) expect(typeof value).toBe("string");
    }),
    { numRuns: 600 },
  );
  expect(allowed).toBeGreaterThan(60);
});
