"use client";
import { useState } from "react";
import { armNames } from "@/components/ui/arm-names";
import { Combobox } from "@/components/ui/combobox";
import { describedBy, Field } from "@/components/ui/field";
import { isArmId } from "./draft";
import type { FieldTexts } from "./field-checks";
import { useWorkspaces } from "./queries";
import { Warnings } from "./warnings";

type Props = { value: string; onChange: (id: string) => void; texts: FieldTexts };

/** The resource that gets access: a workspace that this person can read, or any resource by its ARM id. */
export function SourceField({ value, onChange, texts }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const { data, error } = useWorkspaces();
  const wanted = (typed ?? "").toLowerCase();
  const options = (data?.items ?? [])
    .filter((source) => [source.name, source.friendlyName ?? "", source.resourceGroup].some((text) => text.toLowerCase().includes(wanted)))
    .slice(0, 30)
    .map((source) => ({
      value: source.id,
      label: source.friendlyName === null || source.friendlyName === source.name ? source.name : `${source.name} (${source.friendlyName})`,
      hint: `${source.location ?? "no region"} · ${source.resourceGroup} · identity ${source.identity.type}`,
    }));
  const chosen = isArmId(value) ? armNames(value) : null;
  const notes = [
    error !== null && "The workspaces could not be read; paste the source's ARM id.",
    (data?.failures.length ?? 0) > 0 && "Some subscriptions could not be read; paste the source's ARM id.",
    data !== undefined && options.length === 0 && "No such workspace is readable by you; paste the source's ARM id.",
  ].filter((note) => typeof note === "string");
  return (
    <Field
      id="sourceResourceId"
      label="Source resource"
      hint={
        chosen === null
          ? "The workspace that gets access, or the ARM id of any other resource."
          : `${chosen.type} in ${chosen.group ?? "the subscription"}`
      }
      error={texts.error}
      warning={texts.warnings.length > 0 && <Warnings warnings={texts.warnings} />}
    >
      <Combobox
        id="sourceResourceId"
        text={typed ?? (chosen === null ? value : chosen.name)}
        onText={(text) => {
          setTyped(text);
          onChange(isArmId(text) ? text.trim() : "");
        }}
        onPick={(option) => {
          setTyped(null);
          onChange(option.value);
        }}
        options={options}
        note={notes.length > 0 ? notes.join(" ") : undefined}
        placeholder="Search workspaces or paste an ARM id"
        invalid={texts.error !== undefined}
        describedBy={describedBy("sourceResourceId", { hint: true, error: texts.error !== undefined, warning: texts.warnings.length > 0 })}
      />
    </Field>
  );
}
