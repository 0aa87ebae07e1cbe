"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { armNames } from "@/components/ui/arm-names";
import { useDebounced } from "@/components/ui/use-debounced";
import { queryOf } from "@/components/shell/query";
import { api, ApiError } from "@/lib/http/api";
import type { RequestBody } from "../shapes";
import { isClusterId } from "./draft";

const minute = 60_000;

/** Clusters whose name holds the text, a first page of them. */
export function useClusterSuggestions(text: string) {
  const search = useDebounced(text.startsWith("/") ? (armNames(text).name ?? "") : text, 250).slice(0, 100);
  return useQuery({
    ...queryOf("GET /api/v1/clusters", { query: { search, limit: 30 } }),
    placeholderData: keepPreviousData,
    staleTime: minute,
  });
}

/** The chosen cluster with its bindings; disabled until the text is a cluster's id. */
export function useChosenCluster(clusterId: string) {
  const { subscription, group, name } = armNames(clusterId.trim());
  const params = { subscription: subscription ?? "", group: group ?? "", name };
  return useQuery({
    ...queryOf("GET /api/v1/clusters/{subscription}/{group}/{name}", { params }),
    enabled: isClusterId(clusterId),
    staleTime: minute,
    retry: false,
  });
}

/** Whether the chosen cluster was looked up in vain: absent, or not readable by this person, which Azure answers alike. */
export const isNotSeen = ({ data, error }: Pick<ReturnType<typeof useChosenCluster>, "data" | "error">): boolean =>
  data === undefined
    ? error instanceof ApiError && error.code === "not_found"
    : data.cluster.state === "absent" || data.cluster.state === "no-permission";

/** Machine learning workspaces whose names, group or region hold the text, a first page of them; those of one subscription where it is given. */
export function useWorkspaceSuggestions(text: string, subscription: string | undefined) {
  const search = useDebounced(text.startsWith("/") ? (armNames(text).name ?? "") : text, 250).slice(0, 100);
  return useQuery({
    ...queryOf("GET /api/v1/sources", { query: { search, subscription } }),
    placeholderData: keepPreviousData,
    staleTime: minute,
  });
}

/** The trusted access roles of the cluster's region. */
export function useCatalogue(cluster: { subscriptionId: string; location: string } | null) {
  const query = { subscription: cluster?.subscriptionId ?? "", location: cluster?.location ?? "" };
  return useQuery({ ...queryOf("GET /api/v1/roles", { query }), enabled: cluster !== null, staleTime: 5 * minute });
}

type Checked<D, B> = { bodyOf: (draft: D) => B; missingParts: (draft: D) => string[] };
type Checking<B, A> = { route: string; check: (body: B, signal: AbortSignal) => Promise<A> };

/** The server's check of a request as it is typed; see `useCheckOf`. */
export const useCheck = <D>(draft: D, checked: Checked<D, RequestBody>) =>
  useCheckOf(draft, {
    ...checked,
    route: "POST /api/v1/requests/check",
    check: (body, signal) => api("POST /api/v1/requests/check", { body, signal }),
  });

/**
 * The server's check of the draft, half a second after the last key; the last answer stays while the next one is on its way. `about` is what
 * the answer is about, `asked` what is being asked now.
 */
export function useCheckOf<D, B, A>(draft: D, { bodyOf, missingParts, route, check: ask }: Checked<D, B> & Checking<B, A>) {
  const settled = useDebounced(draft, 500);
  const ready = missingParts(settled).length === 0;
  const body = bodyOf(settled);
  const check = useQuery({
    queryKey: [route, body],
    queryFn: async ({ signal }) => ({ about: body, answer: await ask(body, signal) }),
    enabled: ready,
    placeholderData: ready ? keepPreviousData : undefined,
    staleTime: 30_000,
    retry: (count, error) => count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502),
  });
  return { ...check, data: check.data?.answer, about: check.data?.about, asked: body, waiting: settled !== draft || check.isFetching };
}
