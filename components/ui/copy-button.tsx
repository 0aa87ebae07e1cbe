"use client";
import { Check, Copy } from "@/components/ui/icons";
import { useEffect, useState } from "react";

/** Copies a text; the icon says that it did, and a screen reader hears it. `what` names the text: "digest", "cluster id". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    // Browsers refuse without focus or permission; then the person copies by hand.
    void navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("refused"),
    );
  };
  const label = { idle: `Copy ${what}`, copied: "Copied", refused: "The browser refused; select the text and copy it" }[state];
  return (
    <button
      type="button"
      onClick={copy}
      title={label}
      aria-label={label}
      className="relative z-10 inline-flex size-6 shrink-0 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
    >
      {state === "copied" ? <Check aria-hidden className="size-3.5 text-success-ink" /> : <Copy aria-hidden className="size-3.5" />}
      <output className="sr-only">{state === "idle" ? "" : label}</output>
    </button>
  );
}
