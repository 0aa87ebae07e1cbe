"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";

type Props = { id: string; className: string; children: ReactNode };

/**
 * What a button with `popoverTarget={id}` shows, on the native popover. Drawn from its first opening on: no page pays on the server and in
 * the browser for a menu that nobody opened.
 */
export function Popover({ id, className, children }: Props) {
  const [wanted, setWanted] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  // The browser opens it by itself, perhaps before React listens.
  useEffect(() => {
    if (box.current?.matches(":popover-open") === true) setWanted(true);
  }, []);
  return (
    <div ref={box} id={id} popover="auto" onBeforeToggle={({ newState }) => newState === "open" && setWanted(true)} className={className}>
      {wanted && children}
    </div>
  );
}
