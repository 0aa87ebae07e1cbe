"use client";
import { useState } from "react";
import { armNames } from "@/components/ui/arm-names";
import { Combobox } from "@/components/ui/combobox";
import { describedBy, Field } from "@/components/ui/field";
import { armIdTextError, isArmId } from "./draft";
import type { FieldTexts } from "./field-checks";
import { useWorkspaceSuggestions } from "./queries";
import { Warnings } from "./warnings";

type Props = {
  id: string;
  label: string;
  hint: (chosen: ReturnType<typeof armNames> | null) => string;
  /** What the ARM id is of, that can be pasted in place of a choice. */
  what: "source" | "workspace";
  /** Only workspaces of this subscription may be chosen; of any where it is left out. */
  subscription?: string | undefined;
  /** Which one is missing where none can be chosen. */
  none: string;
  value: string;
  onChange: (id: string) => void;
  texts: FieldTexts;
  optional?: boolean;
};

/** A workspace that this person can read, found by its names, or an ARM id that is pasted. */
export function WorkspacePicker({ id, label, hint, what, subscription, none, value, onChange, texts, optional = false }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const { data, error } = useWorkspaceSuggestions(typed ?? "", subscription);
  const options = (data?.items ?? []).slice(0, 30).map((one) => ({
    value: one.id,
    label: one.friendlyName === null || one.friendlyName === one.name ? one.name : `${one.name} (${one.friendlyName})`,
    hint: `${one.location ?? "no region"} · ${one.resourceGroup} · identity ${one.identity.type}`,
  }));
  const paste = `paste the ${what}'s ARM id.`;
  const notes = [
    data !== undefined && data.total > options.length && `${data.total - options.length} more; type to narrow it down.`,
    error !== null && `The workspaces could not be read; ${paste}`,
    (data?.failures.length ?? 0) > 0 && `Some subscriptions could not be read; ${paste}`,
    data !== undefined && options.length === 0 && `${none} is readable by you; ${paste}`,
  ].filter((note) => typeof note === "string");
  const chosen = isArmId(value) ? armNames(value) : null;
  const text = typed ?? (chosen === null ? value : chosen.name);
  const wrong = texts.error ?? armIdTextError(text);
  const [isWrong, isDoubtful] = [wrong !== undefined, texts.warnings.length > 0];
  return (
    <Field
      id={id}
      label={label}
      optional={optional}
      hint={hint(chosen)}
      error={wrong}
      warning={isDoubtful && <Warnings warnings={texts.warnings} />}
    >
      <Combobox
        id={id}
        text={text}
        onText={(written) => {
          setTyped(written);
          onChange(isArmId(written) ? written.trim() : "");
        }}
        onPick={(option) => {
          setTyped(null);
          onChange(option.value);
        }}
        options={options}
        note={notes.length > 0 ? notes.join(" ") : undefined}
        placeholder="Search workspaces or paste an ARM id"
        invalid={isWrong}
        describedBy={describedBy(id, { hint: true, error: isWrong, warning: isDoubtful })}
      />
    </Field>
  );
}
