import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { fromNow, now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { keyedHash, seal, unseal } from "@/lib/kernel/seal";
import type { CertificateFacts } from "./settings/facts";

/** A protected value is kept this long at most, ms: as long as Azure keeps its own copy, and a day more. */
const keptMs = 72 * 3_600_000;
/** One person keeps so many at once. */
const keptAtMost = 50;

/** What may be known of a kept value. `hash` is keyed: it tells equal from changed, and nothing of the value. */
export type KeptValue = { ref: string; key: string; hash: string; certificate: CertificateFacts | null };

/** Kept values as a request asks with them: by the key under which each is to be sent. */
export type AskedValues = Readonly<Record<string, { ref: string }>>;

/** A value serves under the key alone that it was entered for: what was judged as a certificate is never sent as another setting, nor the reverse. */
const underTheirKeys = (asked: AskedValues): { OR: { ref: string; key: string }[] } => ({
  OR: Object.entries(asked).map(([key, { ref }]) => ({ ref, key })),
});

const bound = (ref: string): string => `protected:${ref}`;

/** Keeps a value sealed for its owner, for a request that is yet to be made. Throws `conflict` when too many are kept. */
export async function keepValue(
  tx: Tx,
  owner: Actor,
  key: string,
  value: string,
  certificate: CertificateFacts | null,
): Promise<KeptValue> {
  const kept = await tx.protectedValue.count({ where: { tid: owner.tid, ownerOid: owner.oid, requestId: null, expiresAt: { gt: now() } } });
  if (kept >= keptAtMost)
    throw new BinderyError("conflict", `You keep ${kept} protected values that no request uses.`, {
      remedy: "Wait until they are wiped, at most 72 hours, or use them.",
    });
  const ref = newId();
  const hash = keyedHash(`${key}\n${value}`);
  await tx.protectedValue.create({
    data: {
      ref,
      tid: owner.tid,
      ownerOid: owner.oid,
      key,
      sealed: seal(value, bound(ref)),
      hash,
      ...(certificate === null ? {} : { facts: certificate }),
      createdAt: now(),
      expiresAt: fromNow(keptMs),
    },
  });
  return { ref, key, hash, certificate };
}

/** What may be known of these values, of those alone that this person entered for these keys and that are still kept. */
export async function keptValues(owner: { tid: string; oid: string }, asked: AskedValues): Promise<KeptValue[]> {
  const rows = await db().protectedValue.findMany({
    where: { ...underTheirKeys(asked), tid: owner.tid, ownerOid: owner.oid, expiresAt: { gt: now() } },
  });
  return rows.map(({ ref, key, hash, facts }) => ({ ref, key, hash, certificate: facts as CertificateFacts | null }));
}

/**
 * The certificate among kept values, for the key that is asked with: certificate and key are kept with the facts of their pair, and one of
 * another upload is not the certificate's. Null: no certificate is among them.
 */
export function certificateAmong(kept: readonly KeptValue[]): CertificateFacts | null {
  const of = (key: string) => kept.find((one) => one.key === key);
  const certificate = of("sslCertPemFile")?.certificate ?? null;
  const own = of("sslKeyPemFile");
  if (certificate === null || own === undefined) return certificate === null ? null : { ...certificate, key: "absent" };
  return own.certificate?.fingerprint === certificate.fingerprint ? certificate : { ...certificate, key: "apart" };
}

/**
 * Ties values to the request that asks with them. Throws `invalid_input` when one is not this person's, was entered for another key, is wiped,
 * or is another request's.
 */
export async function claimValues(tx: Tx, owner: { tid: string; oid: string }, requestId: string, asked: AskedValues): Promise<void> {
  const claimed = await tx.protectedValue.updateMany({
    where: { ...underTheirKeys(asked), tid: owner.tid, ownerOid: owner.oid, requestId: null, expiresAt: { gt: now() } },
    data: { requestId },
  });
  if (claimed.count !== Object.keys(asked).length)
    throw new BinderyError(
      "invalid_input",
      "A protected value is no longer kept, was entered for another setting, or another request uses it.",
      {
        field: "extension.protected",
        remedy: "Enter it again: a value serves one request and one setting, for at most 72 hours.",
      },
    );
}

/** The values of a request, by reference: for the wire, and for nothing else. */
export async function openValues(requestId: string): Promise<Map<string, string>> {
  const rows = await db().protectedValue.findMany({ where: { requestId, expiresAt: { gt: now() } } });
  return new Map(rows.map(({ ref, sealed }) => [ref, unseal(sealed, bound(ref))]));
}

/** Wipes the values of a request that ended, in the transaction that ends it. */
export async function wipeValues(tx: Tx, requestId: string): Promise<void> {
  await tx.protectedValue.deleteMany({ where: { requestId } });
}

/** Wipes what has been kept too long. */
export async function wipeOverdue(): Promise<number> {
  return (await db().protectedValue.deleteMany({ where: { expiresAt: { lte: now() } } })).count;
}
