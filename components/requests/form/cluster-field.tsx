"use client";
import { useState } from "react";
import { Combobox } from "@/components/ui/combobox";
import { armNames } from "@/components/ui/arm-names";
import { describedBy, Field } from "@/components/ui/field";
import { clusterTextError, isClusterId } from "./draft";
import type { FieldTexts } from "./field-checks";
import { useClusterSuggestions } from "./queries";
import { Warnings } from "./warnings";

type Props = {
  value: string;
  onChange: (id: string) => void;
  /** The cluster as Azure shows it; null: not chosen, not read yet, or not readable. */
  chosen: { location: string; resourceGroup: string; subscriptionName: string } | null;
  /** The id has been looked up, and Azure showed this person no such cluster. */
  notSeen: boolean;
  texts: FieldTexts;
  label?: string;
};

/** The cluster: by name from those that this person can read, or by its ARM id. */
export function ClusterField({ value, onChange, chosen, notSeen, texts, label = "Cluster" }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const { data, error: unread } = useClusterSuggestions(typed ?? "");
  // A hit in the name is what somebody means who types; one in the group or region comes after.
  const wanted = (typed ?? "").trim().toLowerCase();
  const byName = (data?.items ?? []).toSorted(
    (a, b) => Number(b.name.toLowerCase().includes(wanted)) - Number(a.name.toLowerCase().includes(wanted)),
  );
  const options = byName.map((cluster) => ({
    value: cluster.id,
    label: cluster.production ? `${cluster.name} (production)` : cluster.name,
    hint: `${cluster.location} · ${cluster.resourceGroup} · ${cluster.subscriptionName}`,
  }));
  const named = isClusterId(value) ? armNames(value) : null;
  const text = typed ?? (named === null ? value : named.name);
  const error = texts.error ?? clusterTextError(text);
  const warns = notSeen || texts.warnings.length > 0;
  const notes = [
    data !== undefined && data.total > options.length && `${data.total - options.length} more; type to narrow it down.`,
    (data?.failures.length ?? 0) > 0 && "Some subscriptions could not be read; paste the cluster's ARM id.",
    unread !== null && "The clusters could not be read; paste the cluster's ARM id.",
    data?.items.length === 0 && "No cluster of that name is readable by you; paste its ARM id.",
  ].filter((note) => typeof note === "string");
  return (
    <Field
      id="clusterId"
      label={label}
      hint={
        chosen !== null
          ? `${chosen.location} · ${chosen.resourceGroup} · ${chosen.subscriptionName}`
          : named !== null
            ? `${named.group} · ${named.subscription}`
            : "A name, or an ARM id that you paste."
      }
      error={error}
      warning={
        warns && (
          <>
            {notSeen && <p>No such cluster, or you cannot read it.</p>}
            <Warnings warnings={texts.warnings} />
          </>
        )
      }
    >
      <Combobox
        id="clusterId"
        text={text}
        onText={(next) => {
          setTyped(next);
          onChange(isClusterId(next) ? next.trim() : "");
        }}
        onPick={(option) => {
          setTyped(null);
          onChange(option.value);
        }}
        options={options}
        note={notes.length > 0 ? notes.join(" ") : undefined}
        placeholder="Search clusters or paste an ARM id"
        invalid={error !== undefined}
        describedBy={describedBy("clusterId", { hint: true, error: error !== undefined, warning: warns })}
      />
    </Field>
  );
}
