import { honourProxy } from "@/lib/auth/outbound";
import { keepSweeping } from "@/lib/auth/sweep";
import { cloud } from "@/lib/azure/cloud";
import { isBinderyError } from "@/lib/kernel/errors";
import { growSlowly } from "@/lib/kernel/memory";
import { log } from "@/lib/kernel/log";
import { seal } from "@/lib/kernel/seal";
import { settings } from "@/lib/kernel/settings";
import { currentPolicy } from "@/lib/policies/load";
import { ownCredential } from "@/lib/auth/credential";
import { closeAllStreams } from "./streams";

/** Starts the web process: proves settings, cloud, keys, credential and policy, or ends the process and says what is wrong. */
export async function startWeb(): Promise<void> {
  growSlowly();
  const wrong = await faultsOf([settings]);
  // What rests on the settings is looked at in one go as well, so that everything that is wrong is said at once.
  if (wrong.length === 0) wrong.push(...(await faultsOf([cloud, () => seal("", "start"), ownCredential, honourProxy, currentPolicy])));
  if (wrong.length > 0) {
    process.stderr.write(`${wrong.join("\n")}\n`);
    process.exit(1);
  }
  const { hash, source } = await currentPolicy();
  log("info", "web-started", { origin: settings().origin.origin, cloud: cloud().name, policy: hash, policySource: source });
  keepSweeping();
  // An open stream of events would keep the server from stopping.
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, closeAllStreams);
}

/** What the proofs say that fail, in their order. */
async function faultsOf(proofs: (() => unknown)[]): Promise<string[]> {
  const faults: string[] = [];
  for (const prove of proofs) {
    try {
      await prove();
    } catch (error) {
      faults.push(isBinderyError(error) ? error.message : `Bindery cannot start: ${String(error)}`);
    }
  }
  return faults;
}
