import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isBinderyError } from "./errors";
import { sealerOf } from "./seal";

const oldKey = `2025:${randomBytes(32).toString("base64")}`;
const newKey = `2026:${randomBytes(32).toString("base64")}`;
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return isBinderyError(error) ? error.code : "not ours";
  }
  return "nothing thrown";
};

describe("sealing", () => {
  const sealer = sealerOf(oldKey);

  test("any text opens again under the same associated data", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, data) => {
        expect(sealer.unseal(sealer.seal(text, data), data)).toBe(text);
      }),
    );
  });

  test("the same text never looks the same twice and never contains the text", () => {
    const [one, two] = [sealer.seal("a refresh token", "account"), sealer.seal("a refresh token", "account")];
    expect(one).not.toBe(two);
    expect(one).toMatch(/^2025\.[A-Za-z0-9_-]+$/);
    expect(Buffer.from(one.slice(5), "base64url").toString("latin1")).not.toContain("refresh");
  });

  test("a value moved to another account does not open", () => {
    expect(codeOf(() => sealer.unseal(sealer.seal("text", "alice"), "bob"))).toBe("internal");
  });

  test("a value with any byte altered does not open", () => {
    const sealed = sealer.seal("text", "alice");
    const bytes = Buffer.from(sealed.slice(5), "base64url");
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes);
      altered[at] = altered[at]! ^ 1;
      expect(codeOf(() => sealer.unseal(`2025.${altered.toString("base64url")}`, "alice"))).toBe("internal");
    }
    expect(codeOf(() => sealer.unseal("2025.AAAA", "alice"))).toBe("internal");
  });

  test("after rotation the new key seals and the old one still opens", () => {
    const rotated = sealerOf(`${newKey},${oldKey}`);
    expect(rotated.unseal(sealer.seal("text", "alice"), "alice")).toBe("text");
    expect(rotated.seal("text", "alice")).toMatch(/^2026\./);
  });

  test("a value whose key was taken away names the setting", () => {
    expect(codeOf(() => sealerOf(newKey).unseal(sealer.seal("text", "alice"), "alice"))).toBe("wrong_setting");
  });

  test("keys of another shape are refused", () => {
    for (const wrong of ["", "nokey", "a:short", `a:${randomBytes(31).toString("base64")}`, `${oldKey},${oldKey}`, `:${oldKey}`]) {
      expect(codeOf(() => sealerOf(wrong))).toBe("wrong_setting");
    }
  });
});

test("the keyed hash is stable for one key and differs between keys and texts", () => {
  const sealer = sealerOf(oldKey);
  expect(sealer.keyedHash("a")).toBe(sealer.keyedHash("a"));
  expect(sealer.keyedHash("a")).not.toBe(sealer.keyedHash("b"));
  expect(sealer.keyedHash("a")).not.toBe(sealerOf(newKey).keyedHash("a"));
});
