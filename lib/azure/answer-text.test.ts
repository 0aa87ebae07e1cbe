import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { keepable, shortened } from "./answer-text";

const key = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;
const pems = [key.export({ type: "pkcs8", format: "pem" }), key.export({ type: "sec1", format: "pem" })].map(String);
const told = (text: string): unknown => JSON.parse(keepable(JSON.stringify({ message: text, after: 'it "stays" \\ so' })));

describe("an answer", () => {
  test("is left as it is, letter for letter, when nothing is amiss", () => {
    const certificate = Buffer.from("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").toString("base64");
    const text = JSON.stringify({ a: 'C:\\u0000 "q" \\\\', b: "😀 \u00e9", c: certificate, d: "PRIVATE KEY-----" });
    expect(keepable(text)).toBe(text);
    expect(keepable('"\\ud83d\\ude00"')).toBe('"\\ud83d\\ude00"');
    expect(keepable("<html>down</html>")).toBe("<html>down</html>");
  });

  test.each(pems)("that repeats a private key comes without it", (pem) => {
    for (const shift of ["", "x", "xx"]) {
      const encoded = Buffer.from(`${shift}${pem}`).toString("base64");
      expect(told(`scoringFe.sslKey: ${encoded} is bad`)).toEqual({
        message: "scoringFe.sslKey: (private key) is bad",
        after: 'it "stays" \\ so',
      });
    }
    expect(told(`before ${pem.trim()} behind`)).toMatchObject({ message: "before (private key) behind" });
    expect(told(`cut ${pem.slice(0, 90)}`)).toMatchObject({ message: "cut (private key)", after: 'it "stays" \\ so' });
    expect(told(JSON.stringify({ inner: pem }))).toMatchObject({ message: expect.not.stringContaining(pem.slice(40, 60)) });
  });

  test("that is made of the words of keys is read in the time that its length takes", () => {
    const encoded = Buffer.from("PRIVATE KEY-----").toString("base64");
    expect(keepable(`${encoded} `.repeat(100_000))).toBe("(private key) ".repeat(100_000));
    expect(keepable(`"${"-----BEGIN PRIVATE KEY-----".repeat(500_000)}"`)).toBe('"(private key)"');
  });

  test("holds nothing that the database refuses", () => {
    expect(told("a\0b\ud800c\udc00d😀")).toMatchObject({ message: "a\ufffdb\ufffdc\ufffdd😀" });
    expect(keepable("\0")).toBe("\ufffd");
  });
});

test("words without end are cut in the middle", () => {
  expect(shortened("ab".repeat(10_000))).toHaveLength(20_000);
  expect(shortened(`begin${"x".repeat(3_000_000)}end`)).toMatch(/^beginx+ … x+end$/);
  expect(shortened(`begin${"x".repeat(3_000_000)}end`).length).toBeLessThan(20_010);
});
