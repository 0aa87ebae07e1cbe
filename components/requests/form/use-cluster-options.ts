"use client";
import type { Option } from "@/components/ui/combobox";
import { useClusterSuggestions } from "./queries";

/** The clusters that fit what is typed, for a combobox, and what is to be said below them: what was not read, how many more there are. */
export function useClusterOptions(typed: string): { options: Option[]; note: string | undefined } {
  const { data, error } = useClusterSuggestions(typed);
  // A hit in the name is what somebody means who types; one in the group or region comes after.
  const wanted = typed.trim().toLowerCase();
  const byName = (data?.items ?? []).toSorted(
    (a, b) => Number(b.name.toLowerCase().includes(wanted)) - Number(a.name.toLowerCase().includes(wanted)),
  );
  const options = byName.map((cluster) => ({
    value: cluster.id,
    label: cluster.production ? `${cluster.name} (production)` : cluster.name,
    hint: `${cluster.location} · ${cluster.resourceGroup} · ${cluster.subscriptionName}`,
  }));
  const notes = [
    data !== undefined && data.total > options.length && `${data.total - options.length} more; type to narrow it down.`,
    (data?.failures.length ?? 0) > 0 && "Some subscriptions could not be read; paste the cluster's ARM id.",
    error !== null && "The clusters could not be read; paste the cluster's ARM id.",
    data?.items.length === 0 && "No cluster of that name is readable by you; paste its ARM id.",
  ].filter((note) => typeof note === "string");
  return { options, note: notes.length > 0 ? notes.join(" ") : undefined };
}
