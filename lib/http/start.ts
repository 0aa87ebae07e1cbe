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
  try {
    settings();
    cloud();
    seal("", "start");
    ownCredential();
    await honourProxy();
    const { hash, source } = await currentPolicy();
    log("info", "web-started", { origin: settings().origin.origin, cloud: cloud().name, policy: hash, policySource: source });
  } catch (error) {
    process.stderr.write(`${isBinderyError(error) ? error.message : `Bindery cannot start: ${String(error)}`}\n`);
    process.exit(1);
  }
  keepSweeping();
  // An open stream of events would keep the server from stopping.
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, closeAllStreams);
}
