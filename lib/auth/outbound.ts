import { log } from "@/lib/kernel/log";

/** Hosts that are never asked for through a proxy, whatever NO_PROXY says. */
const near = ["localhost", "127.0.0.1", "::1"];

/**
 * Lets `fetch` (Entra, its keys) go through the proxy that HTTPS_PROXY names, which Node 20 does not do by itself; NO_PROXY holds. Does
 * nothing without HTTPS_PROXY. Call once when a process starts.
 */
export async function honourProxy(): Promise<void> {
  const proxy = process.env.HTTPS_PROXY ?? process.env.https_proxy;
  if (proxy === undefined || proxy === "") return;
  const { EnvHttpProxyAgent, setGlobalDispatcher } = await import("undici");
  const noProxy = [process.env.NO_PROXY ?? process.env.no_proxy ?? "", ...near].filter((part) => part !== "").join(",");
  setGlobalDispatcher(new EnvHttpProxyAgent({ noProxy }));
  log("info", "proxy-honoured", { proxy: new URL(proxy).host, noProxy });
}
