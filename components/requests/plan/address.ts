import type { PlanView } from "../shapes";

type Step = Pick<PlanView["steps"][number], "via" | "resourceId" | "apiVersion" | "query">;

/** Path and query of a step's call, exactly as it is sent. */
export function addressOf({ resourceId, apiVersion, query }: Step): string {
  const pairs = [...(apiVersion === "" ? [] : [["api-version", apiVersion]]), ...Object.entries(query ?? {})];
  return pairs.length === 0 ? resourceId : `${resourceId}?${pairs.map(([name, value]) => `${name}=${value}`).join("&")}`;
}

/** Which host a step's call goes to, where that is not Azure Resource Manager. */
export const whereOf = ({ via }: Step): string => (via === "kubernetes" ? " at the cluster's own API server" : "");
