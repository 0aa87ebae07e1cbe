"use client";
import { useSyncExternalStore } from "react";
import { Choice } from "@/components/ui/field";

const storeKey = "bindery-keys";
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether this browser wants the keys without Ctrl or Alt. They can be switched off, since speech input presses them by accident. */
export function wantsKeys(): boolean {
  return localStorage.getItem(storeKey) !== "off";
}

/** Switches the single keys on and off, and says which there are. */
export function KeySwitch() {
  const isOn = useSyncExternalStore(subscribe, wantsKeys, () => true);
  const keep = (on: boolean): void => {
    localStorage.setItem(storeKey, on ? "on" : "off");
    for (const listener of listeners) listener();
  };
  return (
    <Choice
      checked={isOn}
      onChange={(event) => keep(event.target.checked)}
      label="Single-key shortcuts"
      hint="/ searches, j and k walk the rows, g and a letter goes to a page (g r: requests)."
    />
  );
}
