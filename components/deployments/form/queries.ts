"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { queryOf } from "@/components/shell/query";
import { useDebounced } from "@/components/ui/use-debounced";
import { isArmId, isClusterId } from "@/components/requests/form/draft";
import { api } from "@/lib/http/api";
import type { Answer } from "@/lib/http/contract";
import { bodyOfExtension, type ExtensionDraft } from "./draft";

export type SettingsOffer = Answer<"GET /api/v1/deployments/settings">;
export type SettingView = SettingsOffer["settings"][number];
export type LintView = Answer<"POST /api/v1/deployments/lint">;
export type FindingView = LintView["findings"][number];
export type PasteView = Answer<"POST /api/v1/deployments/paste">;

const minute = 60_000;

/** Settings and presets that the form offers. They do not change while the page is open. */
export function useSettingsOffer() {
  return useQuery({ ...queryOf("GET /api/v1/deployments/settings"), staleTime: Number.POSITIVE_INFINITY });
}

/** What the server says of the settings, a third of a second after the last key; the last answer stays while the next one is on its way. */
export function useLint(clusterId: string, extension: ExtensionDraft) {
  const settled = useDebounced(extension, 350);
  const cluster = clusterId.trim().replace(/\/$/, "");
  const body = { ...(isClusterId(cluster) ? { clusterId: cluster } : {}), extension: bodyOfExtension(settled) };
  return useQuery({
    queryKey: ["POST /api/v1/deployments/lint", body],
    queryFn: ({ signal }) => api("POST /api/v1/deployments/lint", { body, signal }),
    // What was not written yet is not wrong yet.
    enabled: Object.keys(settled.settings).length > 0,
    placeholderData: keepPreviousData,
    staleTime: minute,
  });
}

/** Computes by which a workspace knows a cluster; disabled until both are ids. */
export function useAttached(clusterId: string, workspaceId: string) {
  const query = { clusterId: clusterId.trim().replace(/\/$/, ""), workspaceId: workspaceId.trim() };
  return useQuery({
    ...queryOf("GET /api/v1/deployments/attached", { query }),
    enabled: isClusterId(clusterId) && isArmId(workspaceId),
    staleTime: minute,
    retry: false,
  });
}

/** The one cluster of that name that the person can read; null for none or several. */
export async function findCluster({ cluster, resourceGroup, subscription }: PasteView): Promise<string | null> {
  if (cluster === null) return null;
  const { items } = await api("GET /api/v1/clusters", { query: { search: cluster.slice(0, 100), limit: 30 } });
  const same = (a: string, b: string | null): boolean => b === null || a.toLowerCase() === b.toLowerCase();
  const found = items.filter(
    (one) =>
      same(one.name, cluster) &&
      same(one.resourceGroup, resourceGroup) &&
      (same(one.subscriptionName, subscription) || same(one.subscriptionId, subscription)),
  );
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}
