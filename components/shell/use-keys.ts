"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { wantsKeys } from "./key-switch";
import { places } from "./places";

/**
 * Keys of every page: `/` searches, `g` and a letter go to a page, `j` and `k` walk the rows of a list. Nothing happens while one types,
 * in a dialog, or with Ctrl, Alt or Meta.
 */
export function useKeys(): void {
  const router = useRouter();
  useEffect(() => {
    let wentAt = 0;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !wantsKeys() || isTyping(event.target)) return;
      const place = event.timeStamp - wentAt < 1500 ? places.find((each) => each.key === event.key) : undefined;
      wentAt = event.key === "g" ? event.timeStamp : 0;
      if (place !== undefined) router.push(place.href);
      else if (event.key === "/") focusOn(event, document.querySelector<HTMLElement>("[data-search]"));
      else if (event.key === "j" || event.key === "k") focusOn(event, nextRow(event.key === "j" ? 1 : -1));
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [router]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select, dialog") !== null);
}

function focusOn(event: KeyboardEvent, element: HTMLElement | null): void {
  if (element === null) return;
  event.preventDefault();
  element.focus();
}

function nextRow(step: 1 | -1): HTMLElement | null {
  const rows = [...document.querySelectorAll<HTMLElement>("main [data-row-link]")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  return rows[at < 0 ? 0 : at + step] ?? null;
}
