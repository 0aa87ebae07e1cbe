"use client";
import { useState } from "react";
import { armNames } from "@/components/ui/arm-names";
import { Combobox } from "@/components/ui/combobox";
import { describedBy, Field } from "@/components/ui/field";
import type { Answer } from "@/lib/http/contract";
import { isArmId } from "./draft";
import type { FieldTexts } from "./field-checks";
import { useWorkspaces } from "./queries";
import { Warnings } from "./warnings";

type Props = {
  id: string;
  label: string;
  hint: (chosen: ReturnType<typeof armNames> | null) => string;
  /** What the ARM id is of, that can be pasted in place of a choice. */
  what: "source" | "workspace";
  /** Workspaces that may be chosen; all where it is left out. */
  among?: (workspace: Answer<"GET /api/v1/sources">["items"][number]) => boolean;
  /** Which one is missing where none can be chosen. */
  none: string;
  value: string;
  onChange: (id: string) => void;
  texts: FieldTexts;
  optional?: boolean;
};

/** A workspace that this person can read, found by its names, or an ARM id that is pasted. */
export function WorkspacePicker({ id, label, hint, what, among = () => true, none, value, onChange, texts, optional = false }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const { data, error } = useWorkspaces();
  const wanted = (typed ?? "").toLowerCase();
  const options = (data?.items ?? [])
    .filter(among)
    .filter((one) => [one.name, one.friendlyName ?? "", one.resourceGroup].some((text) => text.toLowerCase().includes(wanted)))
    .slice(0, 30)
    .map((one) => ({
      value: one.id,
      label: one.friendlyName === null || one.friendlyName === one.name ? one.name : `${one.name} (${one.friendlyName})`,
      hint: `${one.location ?? "no region"} · ${one.resourceGroup} · identity ${one.identity.type}`,
    }));
  const why = [
    error !== null && "The workspaces could not be read",
    (data?.failures.length ?? 0) > 0 && "Some subscriptions could not be read",
    data !== undefined && options.length === 0 && `${none} is readable by you`,
  ].filter((reason) => typeof reason === "string");
  const chosen = isArmId(value) ? armNames(value) : null;
  const [isWrong, isDoubtful] = [texts.error !== undefined, texts.warnings.length > 0];
  return (
    <Field
      id={id}
      label={label}
      optional={optional}
      hint={hint(chosen)}
      error={texts.error}
      warning={isDoubtful && <Warnings warnings={texts.warnings} />}
    >
      <Combobox
        id={id}
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
        note={why.length > 0 ? `${why.join(". ")}; paste the ${what}'s ARM id.` : undefined}
        placeholder="Search workspaces or paste an ARM id"
        invalid={isWrong}
        describedBy={describedBy(id, { hint: true, error: isWrong, warning: isDoubtful })}
      />
    </Field>
  );
}
