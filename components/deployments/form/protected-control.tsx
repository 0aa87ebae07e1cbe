"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Lock } from "@/components/ui/icons";
import { Button } from "@/components/ui/button";
import { FieldError, Input } from "@/components/ui/field";
import { ApiError, api } from "@/lib/http/api";

type Props = {
  id: string;
  /** The setting's key. */
  name: string;
  isKept: boolean;
  invalid: boolean;
  describedBy: string | undefined;
  /** Takes the reference of what was kept; null: it is to be entered anew. */
  onRef: (ref: string | null) => void;
};

/** Enters the value of a protected setting once: it is kept sealed, and only its reference stays in the form. */
export function ProtectedControl({ id, name, isKept, invalid, describedBy, onRef }: Props) {
  const [value, setValue] = useState("");
  const keep = useMutation({
    mutationFn: () => api("POST /api/v1/deployments/protected-values", { body: { key: name, value } }),
    onSuccess: ({ ref }) => {
      setValue("");
      onRef(ref);
    },
  });
  if (isKept)
    return (
      <div className="flex items-center justify-between gap-2">
        <span className="inline-flex items-center gap-1 text-xs text-ink-2">
          <Lock aria-hidden className="size-3.5" /> Kept sealed
        </span>
        <Button size="sm" aria-label={`Enter another value of ${name}`} aria-describedby={describedBy} onClick={() => onRef(null)}>
          Enter another
        </Button>
      </div>
    );
  const error = keep.error === null ? undefined : textOf(keep.error);
  return (
    <div className="space-y-1.5">
      <Input
        id={id}
        type="password"
        autoComplete="off"
        value={value}
        maxLength={4000}
        aria-invalid={invalid || error !== undefined}
        aria-describedby={[describedBy, error === undefined ? undefined : `${id}-error`].filter(Boolean).join(" ") || undefined}
        onChange={(event) => setValue(event.target.value)}
      />
      <Button size="sm" icon={Lock} busy={keep.isPending} disabled={value === ""} onClick={() => keep.mutate()}>
        Keep it sealed
      </Button>
      {error !== undefined && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
}

function textOf(error: Error): string {
  if (!(error instanceof ApiError)) return "The value could not be kept. Try again.";
  return Object.values(error.fields)[0] ?? [error.message, error.remedy].filter(Boolean).join(" ");
}
