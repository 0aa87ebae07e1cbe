"use client";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { ShieldAlert } from "@/components/ui/icons";

type Props = { title: string; confirm: string; busy: boolean; onConfirm: () => void; onBack: () => void; children: ReactNode };

/**
 * The second gesture of a critical approval. The focus goes to the panel and not to a button, so that the key that opened it cannot approve as
 * well; Esc goes back.
 */
export function ConfirmGesture({ title, confirm, busy, onConfirm, onBack, children }: Props) {
  const panel = useRef<HTMLFieldSetElement>(null);
  useEffect(() => panel.current?.focus(), []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc anywhere in the panel goes back
    <fieldset
      ref={panel}
      tabIndex={-1}
      aria-describedby="confirm-critical"
      onKeyDown={(event) => event.key === "Escape" && onBack()}
      className="space-y-2 rounded-lg border border-danger-line bg-danger-tint px-3 py-2 outline-none"
    >
      <legend className="sr-only">{title}</legend>
      <p aria-hidden className="flex items-center gap-1.5 font-semibold text-danger-ink">
        <ShieldAlert className="size-4 shrink-0" />
        {title}
      </p>
      <div id="confirm-critical" className="space-y-1">
        {children}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onBack} disabled={busy}>
          Back
        </Button>
        <Button kind="danger" busy={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </fieldset>
  );
}
