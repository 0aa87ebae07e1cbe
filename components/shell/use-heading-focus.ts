"use client";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/**
 * Moves the focus to the heading of the page that a navigation brought, without scrolling: it would stay on the link, which may be gone, and a
 * screen reader would not hear where it is. Not for the first page, nor for filters, which change the query alone. Next's own announcer is
 * silenced in app/globals.css, so that the page is announced once.
 */
export function useHeadingFocus(): void {
  const path = usePathname();
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    const page = document.getElementById("content");
    (page?.querySelector("h1") ?? page)?.focus({ preventScroll: true });
  }, [path]);
}
