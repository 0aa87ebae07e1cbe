import { readFileSync } from "node:fs";
import { appendAudit } from "@/lib/audit/append";
import { transaction } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { digestOf } from "@/lib/kernel/json";
import { log } from "@/lib/kernel/log";
import { settings } from "@/lib/kernel/settings";
import { defaultPolicy } from "./default-policy";
import { parsePolicy, type PolicyDocument } from "./schema";
import { savePolicy } from "./store";

/** The policy in force: its document, SHA-256 hash, where it came from, and when this document was first loaded. */
export type LoadedPolicy = { hash: string; document: PolicyDocument; source: string; loadedAt: Date };

let loaded: Promise<LoadedPolicy> | undefined;

/**
 * The policy of this process, read once at its start. A hash that was not in force before is audited. Throws `wrong_setting` that names the
 * place in the document that is wrong.
 */
export function currentPolicy(): Promise<LoadedPolicy> {
  loaded ??= load().catch((error: unknown) => {
    // A database that is not there yet must not keep a process without policy for ever.
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(): Promise<LoadedPolicy> {
  const { document, source } = readDocument(settings().BINDERY_POLICY_FILE);
  const hash = digestOf(document);
  const tid = settings().BINDERY_TENANT_ID;
  const { loadedAt } = await transaction(async (tx) => {
    const saved = await savePolicy(tx, { hash, document, source, loadedAt: now() });
    if (saved.isNew) {
      await appendAudit(tx, {
        tid,
        action: "policy-loaded",
        outcome: "ok",
        actor: null,
        subject: { type: "policy", id: hash },
        summary: `The policy ${hash.slice(0, 12)} is in force, from ${source}`,
        after: document,
      });
    }
    return saved;
  });
  log("info", "policy.loaded", { hash, source });
  return { hash, document, source, loadedAt };
}

function readDocument(file: string | undefined): { document: PolicyDocument; source: string } {
  if (file === undefined) return { document: parsePolicy(defaultPolicy, "the built-in policy"), source: "the built-in policy" };
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new BinderyError("wrong_setting", `BINDERY_POLICY_FILE names ${file}, which cannot be read as JSON.`, { cause });
  }
  return { document: parsePolicy(value, file), source: file };
}
