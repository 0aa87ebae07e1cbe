import { deploymentLink } from "@/components/deployments/link";
import { authorizeLink } from "@/components/network/authorize-draft";
import type { RequestBody } from "../shapes";
import type { Prefill } from "./draft";

/** Where the form of this request's kind opens filled in with it, to be changed and sent anew. */
export function againLink(input: RequestBody): string {
  if (input.kind === "ml-deploy" || input.kind === "ml-teardown") return deploymentLink(input);
  if (input.kind === "network-authorize") return authorizeLink(input);
  const { kind, clusterId, name, reason, ticket } = input;
  const given =
    input.kind === "binding-revoke"
      ? {}
      : {
          source: input.sourceResourceId,
          roles: input.roles.join(","),
          hours: input.hours === null ? "standing" : `${input.hours as number}`,
        };
  const query: Prefill = { kind, cluster: clusterId, name, ...given, reason, ticket };
  return `/requests/new?${new URLSearchParams(Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1])))}`;
}
