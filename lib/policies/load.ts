import { readFile } from "node:fs/promises";
import { appendAudit } from "@/lib/audit/append";
import { type Tx, transaction } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { digestOf } from "@/lib/kernel/json";
import { log } from "@/lib/kernel/log";
import { settings } from "@/lib/kernel/settings";
import { defaultPolicy } from "./default-policy";
import { type PolicyDocument, parsePolicy } from "./schema";
import { keepPolicy, policyInForce } from "./store";

/** The policy in force: its document and SHA-256 hash, where it came from, and since when it has been in force. */
export type LoadedPolicy = { hash: string; document: PolicyDocument; source: string; loadedAt: Date };

let loaded: Promise<LoadedPolicy> | undefined;

/**
 * The policy of this process, read once at its start from BINDERY_POLICY_FILE, else the built-in one. That another policy than before is
 * in force is audited, once for all processes. Throws `wrong_setting` that names every mistake in the document.
 */
export function currentPolicy(): Promise<LoadedPolicy> {
  loaded ??= loadPolicy(settings().BINDERY_POLICY_FILE).catch((error: unknown) => {
    // A database that is not there yet must not keep a process without policy for ever.
    loaded = undefined;
    throw error;
  });
  return loaded;
}

/** Reads a policy, keeps it and puts it in force. `file` undefined: the built-in policy. */
export async function loadPolicy(file: string | undefined): Promise<LoadedPolicy> {
  const { document, source } = await readDocument(file);
  const hash = digestOf(document);
  const policy = { hash, document, source, loadedAt: now() };
  const loadedAt = await transaction(async (tx) => {
    await keepPolicy(tx, policy);
    const before = await policyInForce(tx);
    if (before?.hash === hash) return before.since;
    await recordChange(tx, before?.hash ?? null, policy);
    return (await policyInForce(tx))?.since ?? policy.loadedAt;
  });
  log("info", "policy-loaded", { hash, source });
  return { hash, document, source, loadedAt };
}

function recordChange(tx: Tx, before: string | null, { hash, document, source }: LoadedPolicy): Promise<void> {
  return appendAudit(tx, {
    tid: settings().BINDERY_TENANT_ID,
    action: "policy-loaded",
    outcome: "ok",
    actor: null,
    subject: { type: "policy", id: hash },
    summary: `Policy ${hash.slice(0, 12)} is in force, from ${source}`,
    before: before === null ? null : { hash: before },
    after: { hash, document },
  });
}

async function readDocument(file: string | undefined): Promise<{ document: PolicyDocument; source: string }> {
  const builtIn = "the built-in policy";
  if (file === undefined) return { document: parsePolicy(defaultPolicy, builtIn), source: builtIn };
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    const why =
      cause instanceof SyntaxError ? `is not JSON: ${cause.message}` : `cannot be read (${(cause as NodeJS.ErrnoException).code})`;
    throw new BinderyError("wrong_setting", `BINDERY_POLICY_FILE names ${file}, which ${why}.`, {
      cause,
      remedy: "Mend the policy file and start again. Bindery never falls back to another policy by itself.",
    });
  }
  return { document: parsePolicy(value, file), source: file };
}
