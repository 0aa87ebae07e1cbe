import type { Actor } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import type { Answer, BodyOut } from "@/lib/http/contract";
import type { Finding } from "../settings/finding";
import type { ProtectedRef } from "../settings/input";
import { lintSettings } from "../settings/lint";
import { inputOf, parsePaste } from "../settings/paste";
import { isPlaceholder } from "../settings/rules/values";
import { refusalOfKey, requireAsker, sealValue } from "./keep-value";
import { ProtectedValueBody } from "./schema";

/**
 * Reads a pasted command for the form. Values of protected settings are kept sealed for the person, and are never sent back or judged: of one
 * that is not kept, its key alone is told, with the reason. Nothing else is stored. Throws `conflict` when too many values are kept.
 */
export async function readPaste(
  actor: Actor,
  { text }: BodyOut<"POST /api/v1/deployments/paste">,
): Promise<Answer<"POST /api/v1/deployments/paste">> {
  requireAsker(actor);
  const paste = parsePaste(text);
  const { name, cluster, resourceGroup, subscription, version, releaseTrain, autoUpgrade, settings } = paste;
  const secrets = Object.entries(paste.protected);
  const left = secrets.flatMap(([key, value]) => notTaken(key, value));
  const sealed = await sealAll(
    actor,
    secrets.filter(([key]) => !left.some((one) => one.key === key)),
  );
  return {
    name,
    cluster,
    resourceGroup,
    subscription,
    version,
    releaseTrain,
    autoUpgrade,
    settings,
    protected: sealed,
    reading: [...paste.findings, ...left],
    findings: lintSettings({ ...inputOf(paste), protected: sealed }),
  };
}

async function sealAll(actor: Actor, secrets: [string, string][]): Promise<Record<string, ProtectedRef>> {
  if (secrets.length === 0) return {};
  return transaction(async (tx) => {
    const sealed: Record<string, ProtectedRef> = {};
    for (const [key, value] of secrets) sealed[key] = await sealValue(tx, actor, key, value);
    return sealed;
  });
}

/** Why a protected value of the command is not kept. Never repeats it. */
function notTaken(key: string, value: string): Finding[] {
  const finding = (message: string, remedy: string): Finding[] => [{ rule: "paste-not-taken", key, level: "warning", message, remedy }];
  const refusal = refusalOfKey(key);
  if (refusal !== null) return finding(`The value of ${key} was not taken over. ${refusal.message}`, refusal.remedy);
  if (value.trim() === "" || isPlaceholder(value))
    return finding(`${key} has no value in the command, or a placeholder.`, "Enter it in the form.");
  const { error } = ProtectedValueBody.safeParse({ key, value });
  if (error === undefined) return [];
  return finding(
    `The value of ${key} was not taken over. ${error.issues.map(({ message }) => message).join(" ")}`,
    "Enter it in the form.",
  );
}
