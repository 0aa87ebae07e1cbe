import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { BinderyError } from "./errors";
import { settings } from "./settings";

type Key = { id: string; sealing: Buffer; hashing: Buffer };

/** Seals, opens and hashes with one set of keys. Made by `sealerOf`. */
export type Sealer = {
  seal(text: string, associatedData: string): string;
  unseal(sealed: string, associatedData: string): string;
  keyedHash(text: string): string;
};

const keyPattern = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=?|[A-Za-z0-9_-]{43}=?)$/;

/**
 * Makes a sealer from `id:base64-of-32-bytes,…`: the first key seals and hashes, every key opens what it sealed.
 * Throws `wrong_setting` for text of another shape or an id that is used twice.
 */
export function sealerOf(keysText: string): Sealer {
  const keys = readKeys(keysText);
  const first = keys[0] as Key;
  return {
    seal: (text, associatedData) => sealWith(first, text, associatedData),
    unseal: (sealed, associatedData) => unsealWith(keys, sealed, associatedData),
    keyedHash: (text) => createHmac("sha256", first.hashing).update(text, "utf8").digest("hex"),
  };
}

let known: Sealer | undefined;
const sealer = (): Sealer => {
  known ??= sealerOf(settings().BINDERY_SEALING_KEYS);
  return known;
};

/**
 * Seals a text with AES-256-GCM under the first key of BINDERY_SEALING_KEYS. `associatedData` is not kept in the result: whoever
 * opens it must name it again, so that a sealed value cannot be moved to another row. Gives `keyId.base64url(iv ‖ tag ‖ ciphertext)`.
 */
export function seal(text: string, associatedData: string): string {
  return sealer().seal(text, associatedData);
}

/** Opens what `seal` gave. Throws `wrong_setting` when its key is no longer configured, `internal` when it was altered or moved. */
export function unseal(sealed: string, associatedData: string): string {
  return sealer().unseal(sealed, associatedData);
}

/** HMAC-SHA-256 of a text under the first sealing key, lower-case hex: tells equal from changed without giving the text away. */
export function keyedHash(text: string): string {
  return sealer().keyedHash(text);
}

function readKeys(text: string): Key[] {
  const keys = text.split(",").map((part): Key => {
    const match = keyPattern.exec(part.trim());
    const secret = Buffer.from(match?.[2] ?? "", "base64");
    if (match?.[1] === undefined || secret.length !== 32) throw wrongKeys("each part should be id:base64 of exactly 32 bytes");
    return { id: match[1], sealing: derive(secret, "bindery sealing"), hashing: derive(secret, "bindery hashing") };
  });
  if (new Set(keys.map((key) => key.id)).size !== keys.length) throw wrongKeys("each key needs an id of its own");
  return keys;
}

function wrongKeys(why: string): BinderyError {
  return new BinderyError("wrong_setting", `BINDERY_SEALING_KEYS is wrong: ${why}.`, {
    remedy: "Make a key with: openssl rand -base64 32",
  });
}

/** One secret, two keys: HKDF keeps sealing and hashing from sharing one. */
function derive(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, Buffer.alloc(0), purpose, 32));
}

const boundData = (keyId: string, associatedData: string): Buffer => Buffer.from(`bindery.1.${keyId}\n${associatedData}`, "utf8");

function sealWith(key: Key, text: string, associatedData: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key.sealing, iv).setAAD(boundData(key.id, associatedData));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `${key.id}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url")}`;
}

function unsealWith(keys: Key[], sealed: string, associatedData: string): string {
  const dot = sealed.indexOf(".");
  const id = sealed.slice(0, Math.max(dot, 0));
  const key = keys.find((candidate) => candidate.id === id);
  if (key === undefined) {
    throw new BinderyError("wrong_setting", "A sealed value cannot be opened: the key that sealed it is not configured.", {
      remedy: "Put the earlier key back behind the new one in BINDERY_SEALING_KEYS.",
    });
  }
  const bytes = Buffer.from(sealed.slice(dot + 1), "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key.sealing, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(boundData(id, associatedData)).setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new BinderyError("internal", "A sealed value was altered, or belongs to something else.", { cause });
  }
}
