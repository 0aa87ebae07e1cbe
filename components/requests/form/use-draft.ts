"use client";
import { useEffect, useReducer } from "react";
import { type Draft, emptyDraft, type Prefill } from "./draft";

const storeKey = "bindery-request-draft";

/**
 * The draft of the form. It is kept in this tab, so that a sign-in or a reload in between loses nothing; a link that fills the form in begins
 * a new one. `touched` says that there is something to start over from.
 */
export function useDraft(prefill: Prefill) {
  const [draft, change] = useReducer((now: Draft, part: Partial<Draft>): Draft => ({ ...now, ...part }), prefill, emptyDraft);
  const isPrefilled = Object.values(prefill).some(Boolean);
  const touched = JSON.stringify(draft) !== JSON.stringify(emptyDraft(prefill));
  useEffect(() => {
    // After hydration: the server knows nothing of this tab.
    const kept = isPrefilled ? null : readKept();
    if (kept !== null) change(kept);
  }, [isPrefilled]);
  useEffect(() => {
    if (touched) sessionStorage.setItem(storeKey, JSON.stringify(draft));
  }, [touched, draft]);
  const forget = (): void => sessionStorage.removeItem(storeKey);
  const startOver = (): void => {
    forget();
    change(emptyDraft({}));
  };
  return { draft, change, touched, forget, startOver };
}

function readKept(): Partial<Draft> | null {
  const text = sessionStorage.getItem(storeKey);
  return text === null ? null : (JSON.parse(text) as Partial<Draft>);
}
