"use client";
import { useState } from "react";
import { Combobox } from "@/components/ui/combobox";
import { armNames } from "@/components/ui/arm-names";
import { describedBy, Field } from "@/components/ui/field";
import { clusterTextError, isClusterId } from "./draft";
import type { FieldTexts } from "./field-checks";
import { useClusterOptions } from "./use-cluster-options";
import { Warnings } from "./warnings";

type Props = {
  value: string;
  onChange: (id: string) => void;
  /** The cluster as Azure shows it; null: not chosen, not read yet, or not readable. */
  chosen: { location: string; resourceGroup: string; subscriptionName: string } | null;
  /** The id has been looked up, and Azure showed this person no such cluster. */
  notSeen: boolean;
  texts: FieldTexts;
};

/** The cluster: by name from those that this person can read, or by its ARM id. */
export function ClusterField({ value, onChange, chosen, notSeen, texts }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const { options, note } = useClusterOptions(typed ?? "");
  const named = isClusterId(value) ? armNames(value) : null;
  const text = typed ?? (named === null ? value : named.name);
  const error = texts.error ?? clusterTextError(text);
  const warns = notSeen || texts.warnings.length > 0;
  return (
    <Field
      id="clusterId"
      label="Cluster"
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
        note={note}
        placeholder="Search clusters or paste an ARM id"
        invalid={error !== undefined}
        describedBy={describedBy("clusterId", { hint: true, error: error !== undefined, warning: warns })}
      />
    </Field>
  );
}
