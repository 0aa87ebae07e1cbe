import { createHash } from "node:crypto";
import path from "node:path";
import {
  type CryptoKey,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from "jose";
import { readPrivate, writePrivate } from "../state/private-file";

type KeptKey = { kid: string; privateJwk: JWK; publicJwk: JWK };

/** The signing keys of the tenant: two or three are published, the first signs. Kept in the state folder, so that tokens survive a restart. */
export class SigningKeys {
  readonly #folder: string;
  #keys: KeptKey[];
  #signer: CryptoKey | null = null;
  #set: ReturnType<typeof createLocalJWKSet>;

  private constructor(folder: string, keys: KeptKey[]) {
    this.#folder = folder;
    this.#keys = keys;
    this.#set = createLocalJWKSet(this.jwks());
  }

  /** Reads the keys of the folder, or makes them. */
  static async open(folder: string): Promise<SigningKeys> {
    const kept = readPrivate(folder, "signing-keys.json") as KeptKey[] | null;
    const keys = new SigningKeys(folder, kept ?? [await newKey(), await newKey()]);
    if (kept === null) keys.#save();
    return keys;
  }

  /** The published keys, as `/discovery/v2.0/keys` answers them. */
  jwks(): JSONWebKeySet {
    return { keys: this.#keys.map(({ kid, publicJwk }) => ({ ...publicJwk, kid, use: "sig", x5t: kid })) };
  }

  /** Signs a token; `typ` JWT, RS256, the key id in the header. Times are the caller's claims. */
  async sign(claims: JWTPayload): Promise<string> {
    const [first] = this.#keys;
    if (first === undefined) throw new Error("There is no signing key.");
    this.#signer ??= (await importJWK(first.privateJwk, "RS256")) as CryptoKey;
    return new SignJWT(claims).setProtectedHeader({ alg: "RS256", typ: "JWT", kid: first.kid, x5t: first.kid }).sign(this.#signer);
  }

  /** The claims of a token that one of the published keys signed; expiry and audience are the caller's to judge. Throws jose errors. */
  async verify(token: string): Promise<JWTPayload> {
    // Times are judged by the emulator's clock, so jose is told a moment at which every token is alive.
    const now = new Date(Number(unverified(token).nbf ?? 0) * 1000);
    return (await jwtVerify(token, this.#set, { algorithms: ["RS256"], currentDate: now })).payload;
  }

  /**
   * Signs with the second key from now on and publishes a new second one. The key that leaves is still published until the next rotation, so that
   * its tokens live on; with `drop` it is gone at once, as after a leak. Gives the id of the signing key.
   */
  async rotate(drop: boolean): Promise<string> {
    const [leaving, next] = this.#keys;
    if (leaving === undefined || next === undefined) throw new Error("There are no two signing keys.");
    this.#keys = [next, await newKey(), ...(drop ? [] : [leaving])];
    this.#signer = null;
    this.#set = createLocalJWKSet(this.jwks());
    this.#save();
    return next.kid;
  }

  #save(): void {
    writePrivate(path.join(this.#folder, "signing-keys.json"), JSON.stringify(this.#keys));
  }
}

function unverified(token: string): { nbf?: unknown } {
  try {
    return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as { nbf?: unknown };
  } catch {
    return {};
  }
}

async function newKey(): Promise<KeptKey> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { modulusLength: 2048, extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = createHash("sha256").update(`${publicJwk.n}`).digest("base64url").slice(0, 27);
  return { kid, privateJwk: await exportJWK(privateKey), publicJwk };
}
