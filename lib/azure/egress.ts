import type { PipelinePolicy } from "@azure/core-rest-pipeline";
import { BinderyError } from "@/lib/kernel/errors";

/**
 * Refuses an address outside ARM. The SDKs send the person's token to whatever host a `nextLink`, an `Azure-AsyncOperation` or a
 * redirect names, so each address is compared with the configured endpoint. Throws `azure_refused`.
 */
export function assertArmAddress(url: string, armEndpoint: string): void {
  const address = URL.canParse(url) ? new URL(url) : null;
  // user:password@host is refused as well: it has no business in an ARM address.
  if (address !== null && address.origin === new URL(armEndpoint).origin && address.username === "" && address.password === "") return;
  throw new BinderyError(
    "azure_refused",
    `Azure's answer led to ${address?.host ?? "an address that is none"}, which is not the configured Azure endpoint. Nothing was sent there.`,
    {
      remedy:
        "Tell your administrator: an answer that leads a token to another host is a sign of tampering or of a wrong cloud configuration.",
    },
  );
}

/** The layer that lets requests out to the configured ARM endpoint only, and follows no redirect. Throws `azure_refused`. */
export function egressGuard(armEndpoint: string): PipelinePolicy {
  return {
    name: "egressGuard",
    async sendRequest(request, next) {
      assertArmAddress(request.url, armEndpoint);
      const response = await next(request);
      if (response.status >= 300 && response.status < 400 && response.status !== 304) {
        throw new BinderyError("azure_refused", "Azure answered with a redirect, which Bindery never follows with a person's token.", {
          remedy: "Check the ARM endpoint in the cloud configuration.",
        });
      }
      return response;
    },
  };
}
