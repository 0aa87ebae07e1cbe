"use client";
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * The time in ms, ticking each `everySeconds`; null on the server and during hydration, where a page must show the absolute time, so that
 * both draw the same.
 */
export function useNow(everySeconds = 1): number | null {
  const step = everySeconds * 1000;
  return useSyncExternalStore<number | null>(
    subscribe,
    () => Math.floor(now / step) * step,
    () => null,
  );
}
