"use client";
import { type ReactNode, useState } from "react";
import { Fold } from "./fold";

/** A fold whose inside is drawn when it is first opened: for many folds with much in them. */
export function LazyFold({ summary, children, className }: { summary: ReactNode; children: () => ReactNode; className?: string }) {
  const [wasOpen, setWasOpen] = useState(false);
  return (
    <Fold
      summary={summary}
      {...(className === undefined ? {} : { className })}
      onToggle={(event) => event.currentTarget.open && setWasOpen(true)}
    >
      {wasOpen && children()}
    </Fold>
  );
}
