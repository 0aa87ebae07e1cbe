"use client";
import { useEffect, useReducer } from "react";

/** How a form begins. */
export type DraftStart<D> = {
  /** Where this form keeps its draft in the tab. */
  storeKey: string;
  /** The form as a link fills it in. */
  start: D;
  blank: D;
  isPrefilled: boolean;
};

/**
 * The draft of a form. It is kept in this tab, so that a sign-in or a reload in between loses nothing; a link that fills the form in begins
 * a new one. `touched` says that there is something to start over from.
 */
export function useDraft<D extends object>({ storeKey, start, blank, isPrefilled }: DraftStart<D>) {
  const [draft, change] = useReducer((now: D, part: Partial<D>): D => ({ ...now, ...part }), start);
  const touched = JSON.stringify(draft) !== JSON.stringify(start);
  useEffect(() => {
    // After hydration: the server knows nothing of this tab.
    const kept = isPrefilled ? null : readKept<D>(storeKey);
    if (kept !== null) change(kept);
  }, [storeKey, isPrefilled]);
  useEffect(() => {
    if (touched) sessionStorage.setItem(storeKey, JSON.stringify(draft));
  }, [storeKey, touched, draft]);
  const forget = (): void => sessionStorage.removeItem(storeKey);
  const startOver = (): void => {
    forget();
    change(blank);
  };
  return { draft, change, touched, forget, startOver };
}

function readKept<D>(storeKey: string): Partial<D> | null {
  const text = sessionStorage.getItem(storeKey);
  return text === null ? null : (JSON.parse(text) as Partial<D>);
}
