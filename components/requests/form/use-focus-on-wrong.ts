"use client";
import { type RefObject, useEffect, useRef } from "react";

/** Of a `<form>`: after a refusal its first field in error gets the focus. */
export function useFocusOnWrong(refusal: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusal !== null) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [refusal]);
  return form;
}
