import {
  ConfidentialClientApplication,
  type ICachePlugin,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from "@azure/msal-node";
import { cloud } from "@/lib/azure/cloud";
import { settings } from "@/lib/kernel/settings";
import { authority } from "./authority";
import { ownCredential } from "./credential";

/** The scope of every ARM token; asked for at sign-in, so that one consent covers what Bindery does. */
export function armScope(): string {
  return `${cloud().armAudience}/.default`;
}

/** Where Entra sends the browser back to. */
export function redirectUri(): string {
  return `${settings().origin.origin}/api/auth/callback`;
}

/**
 * A client of Entra for one person and one use: MSAL merges what it reads from the cache into memory, so a shared client would mix
 * people. The tenant's description is handed over, so making one costs no call. Without a cache it forgets everything.
 */
export async function entraClient(cachePlugin?: ICachePlugin): Promise<ConfidentialClientApplication> {
  const { address, metadata } = await authority();
  return new ConfidentialClientApplication({
    auth: {
      clientId: settings().BINDERY_CLIENT_ID,
      authority: address,
      // The port belongs to the name: MSAL compares host and port.
      knownAuthorities: [new URL(address).host],
      authorityMetadata: metadata,
      clientCapabilities: ["cp1"],
      ...ownCredential(),
    },
    ...(cachePlugin === undefined ? {} : { cache: { cachePlugin } }),
    system: { networkClient: network },
  });
}

const network: INetworkModule = {
  sendGetRequestAsync: (url, options) => exchange("GET", url, options),
  sendPostRequestAsync: (url, options) => exchange("POST", url, options),
};

/** One exchange with Entra: never redirected, since the body carries secrets, and over within 15 s. */
async function exchange<T>(method: string, url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
  const init: RequestInit = { method, redirect: "error", signal: AbortSignal.timeout(15_000) };
  if (options?.headers !== undefined) init.headers = options.headers;
  if (options?.body !== undefined) init.body = options.body;
  const response = await fetch(url, init);
  return { headers: Object.fromEntries(response.headers), body: (await response.json()) as T, status: response.status };
}
