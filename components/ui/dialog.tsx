"use client";
import { X } from "@/components/ui/icons";
import { type ReactNode, useEffect, useId, useRef } from "react";

type Props = { open: boolean; onClose: () => void; title: string; children: ReactNode; footer?: ReactNode };

/** A modal dialog on the native element: focus is kept inside, Esc closes. `footer` holds the buttons, the safe one first. */
export function Dialog({ open, onClose, title, children, footer }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      aria-labelledby={heading}
      onClose={onClose}
      className="m-auto w-[min(34rem,calc(100vw-2rem))] rounded-lg border border-line bg-raised p-0 shadow-high"
    >
      <div className="flex items-center justify-between gap-4 border-b border-line px-4 py-2.5">
        <h2 id={heading} className="text-base font-semibold">
          {title}
        </h2>
        <button
          type="button"
          onClick={onClose}
          aria-label="Close"
          className="inline-flex size-7 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      </div>
      <div className="space-y-3 px-4 py-3">{open && children}</div>
      {footer && <div className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">{footer}</div>}
    </dialog>
  );
}
