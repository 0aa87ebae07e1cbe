import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePaste } from "./paste";
import { exact, odd, secret } from "./testing/inputs";

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,20}$/);
const plainKey = fc.oneof(
  fc.constantFrom(...exact, ...odd),
  word.filter((text) => !/password|secret|token|connection|private|ssl/i.test(text)),
);
const joints = { posix: " \\\n  ", powershell: " `\r\n  ", cmd: " ^\r\n  ", none: " " } as const;
const quoters = {
  posix: (text: string) => (/^[\w.,:/@%+-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`),
  powershell: (text: string) => (/^[\w.,:/@%+-]*$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`),
  // Backslashes before a closing quote are the business of each program in cmd; no value of ours ends in one.
  cmd: (text: string) => (/^[\w.,:/@%+-]*$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`),
  none: (text: string) => (/^[\w.,:/@%+-]*$/.test(text) ? text : `"${text.replace(/["\\$`]/g, "\\$&")}"`),
};

test("a command keeps every key and value, however it is quoted and broken over lines", () => {
  const pairs = fc.uniqueArray(fc.tuple(plainKey, fc.string({ unit: "grapheme-ascii", maxLength: 15 })), {
    minLength: 1,
    maxLength: 8,
    selector: ([key]) => key,
  });
  fc.assert(
    fc.property(pairs, pairs, fc.constantFrom("posix", "powershell", "cmd", "none"), fc.boolean(), (plain, kept, shell, dashed) => {
      if (shell === "cmd" && [...plain, ...kept].some(([, value]) => value.includes("\\"))) return;
      const text = (list: [string, string][]) => list.map(([key, value]) => `${key}=${quoters[shell](value)}`).join(joints[shell]);
      const dash = dashed ? "–" : "--";
      const parts = [
        `az k8s-extension create`,
        `${dash}name azureml`,
        `${dash}config ${text(plain)}`,
        `${dash}config-protected ${text(kept)}`,
        `${dash}scope cluster`,
      ];
      const paste = parsePaste(parts.join(joints[shell]));
      const given = new Map([...Object.entries(paste.settings), ...Object.entries(paste.protected)]);
      for (const [key] of [...plain, ...kept]) expect([...given.keys()], parts.join(joints[shell])).toContain(key);
      expect(kept.filter(([key, value]) => paste.protected[key] !== value)).toEqual([]);
      expect(paste).toMatchObject({ name: "azureml", scope: "cluster" });
    }),
    { numRuns: 300 },
  );
});

test("no text makes the reader throw, and secrets are never repeated", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "az k8s-extension create",
      "–",
      "--config",
      "--config-protected",
      "—configuration-settings",
      "\\\n",
      "`\n",
      "^\n",
      "\n",
      "'",
      '"',
      "“",
      "$(",
      ")",
      "<",
      ">",
      "=",
      ";",
      "#",
      " ",
      "a=b",
      "sslKeyPemFile=",
      "-----BEGIN PRIVATE KEY-----",
    ),
    secret,
    fc.string({ maxLength: 10, unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const paste = parsePaste(pieces.join(""));
      const values = Object.entries(paste.protected).flatMap(([key, value]) =>
        value.startsWith("s3cret") && !key.includes(value) ? [`"${value}"`] : [],
      );
      const said = JSON.stringify(paste.findings);
      expect(values.filter((value) => said.includes(value))).toEqual([]);
      expect(parsePaste(pieces.join(""))).toEqual(paste);
    }),
    { numRuns: 300 },
  );
});
