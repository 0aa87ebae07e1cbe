import { createHash, generateKeyPairSync, X509Certificate } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { readCertificate } from "./certificate";
import { type Issued, issue } from "./testing/issue";

let root: Issued;
let middle: Issued;
let leaf: Issued;
let other: Issued;

beforeAll(async () => {
  root = await issue({ name: "CN=Root", isAuthority: true });
  middle = await issue({ name: "CN=Middle", isAuthority: true, issuer: root });
  leaf = await issue({ name: "CN=ml.contoso.com, O=Contoso", names: ["ML.contoso.com", "*.ml.contoso.com"], issuer: middle });
  other = await issue({ name: "CN=other.contoso.com", names: ["other.contoso.com"] });
});

const certificateOf = (...args: Parameters<typeof readCertificate>) => {
  const reading = readCertificate(...args);
  if (reading.state !== "ok") throw new Error(reading.problem.code);
  return reading.certificate;
};
const problemOf = (...args: Parameters<typeof readCertificate>) => {
  const reading = readCertificate(...args);
  return reading.state === "bad" ? reading.problem : null;
};
const encrypted = (type: "pkcs8" | "sec1") =>
  leaf.keyObject.export({ type, format: "pem", cipher: "aes-256-cbc", passphrase: "opensesame" }) as string;

test("a chain with its key is read, and only what everybody may know is given", () => {
  const facts = certificateOf(leaf.pem + middle.pem + root.pem, leaf.key);
  expect(facts).toMatchObject({
    subject: "CN=ml.contoso.com, O=Contoso",
    commonName: "ml.contoso.com",
    issuer: "CN=Middle",
    names: ["ml.contoso.com", "*.ml.contoso.com"],
    keyType: "EC P-256",
    chainLength: 3,
    selfSigned: false,
    key: "matches",
  });
  expect(Date.parse(facts.notAfter) - Date.parse(facts.notBefore)).toBe(91 * 86_400_000);
  expect(facts.notAfter).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
  const hash = createHash("sha256").update(new X509Certificate(leaf.pem).raw).digest("hex").toUpperCase();
  expect(facts.fingerprint.replaceAll(":", "")).toBe(hash);
  const secretLines = leaf.key.split("\n").filter((line) => line.length > 20 && !line.startsWith("-----"));
  for (const line of secretLines) expect(JSON.stringify(facts)).not.toContain(line);
});

test("bytes, Windows line ends and words around the blocks do no harm", () => {
  const text = `Bag Attributes\r\n${leaf.pem.replaceAll("\n", "\r\n")}`;
  expect(certificateOf(Buffer.from(text), Buffer.from(leaf.key))).toMatchObject({ chainLength: 1, key: "matches" });
});

test("another key, no key and keys of other forms are told apart", () => {
  expect(certificateOf(leaf.pem, other.key).key).toBe("differs");
  expect(certificateOf(leaf.pem).key).toBe("absent");
  expect(certificateOf(leaf.pem, leaf.keyObject.export({ type: "sec1", format: "pem" }) as string).key).toBe("matches");
  const parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
  expect(certificateOf(leaf.pem, parameters + leaf.key).key).toBe("matches");
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  expect(certificateOf(leaf.pem, rsa.privateKey.export({ type: "pkcs1", format: "pem" }) as string).key).toBe("differs");
});

test("a certificate that signed itself says so", () => {
  expect(certificateOf(other.pem, other.key)).toMatchObject({ selfSigned: true, chainLength: 1, key: "matches" });
});

test("only DNS names count as names, and a URI cannot smuggle one in", async () => {
  const odd = await issue({
    name: "CN=odd",
    names: ["real.contoso.com"],
    extra: [
      ["url", "https://x/, DNS:forged.contoso.com"],
      ["ip", "10.0.0.1"],
    ],
  });
  expect(certificateOf(odd.pem).names).toEqual(["real.contoso.com"]);
});

test("each bad certificate is told by its own name", () => {
  const der = new X509Certificate(leaf.pem).raw;
  expect(problemOf("")).toMatchObject({ code: "empty", field: "certificate" });
  expect(problemOf(" \n")?.code).toBe("empty");
  expect(problemOf("x".repeat(70_000))?.code).toBe("too-large");
  expect(problemOf("ml.contoso.com")?.code).toBe("not-pem");
  expect(problemOf(der.toString("base64"))?.code).toBe("not-pem");
  expect(problemOf(der)?.code).toBe("der");
  expect(problemOf(der.toString("latin1"))?.code).toBe("der");
  expect(problemOf(leaf.pem.slice(0, 300))?.code).toBe("truncated");
  expect(problemOf(leaf.pem + middle.pem.slice(0, 300))?.code).toBe("truncated");
  expect(problemOf(leaf.pem.replace(/\n.{40}/, "\n"))?.code).toBe("damaged");
  expect(problemOf(leaf.pem + leaf.key, leaf.key)?.code).toBe("key-in-certificate");
  expect(problemOf(leaf.key, leaf.pem)?.code).toBe("swapped");
  expect(problemOf(leaf.pem.replaceAll("CERTIFICATE", "CERTIFICATE REQUEST"))).toMatchObject({
    code: "not-a-certificate",
    message: expect.stringContaining("request"),
  });
});

test("a chain in the wrong order is refused, also when only the key shows it", () => {
  expect(problemOf(middle.pem + leaf.pem, leaf.key)?.code).toBe("wrong-order");
  expect(problemOf(root.pem + middle.pem + leaf.pem)?.code).toBe("wrong-order");
  expect(problemOf(leaf.pem + root.pem)?.code).toBe("wrong-order");
  expect(problemOf(leaf.pem + middle.pem, middle.key)).toMatchObject({
    code: "wrong-order",
    message: expect.stringContaining("certificate 2"),
  });
});

test("each bad key is told by its own name, and nothing of it is repeated", () => {
  const der = leaf.keyObject.export({ type: "pkcs8", format: "der" });
  const cases: [string | Uint8Array, string][] = [
    ["", "empty"],
    ["opensesame", "not-pem"],
    [der, "der"],
    [leaf.key.slice(0, 100), "truncated"],
    [leaf.key + other.key, "two-keys"],
    [encrypted("pkcs8"), "passphrase"],
    [encrypted("sec1"), "passphrase"],
    [leaf.key.replace(/\n.{30}/, "\n"), "damaged"],
    [leaf.pem, "not-a-key"],
    [leaf.key + leaf.pem, "not-a-key"],
  ];
  for (const [key, code] of cases) {
    const problem = problemOf(leaf.pem, key);
    expect(problem, code).toMatchObject({ code, field: "key" });
    expect(problem?.remedy).not.toBe("");
    expect(JSON.stringify(problem)).not.toMatch(/opensesame|[A-Za-z0-9+/]{40}/);
  }
});
