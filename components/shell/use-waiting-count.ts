"use client";
import { useEffect } from "react";

/** Puts the count of what waits for this person in front of the title and on the favicon of the tab. */
export function useWaitingCount(count: number): void {
  useEffect(() => {
    if (count === 0) return;
    const prefix = `(${count}) `;
    const mark = (): void => {
      if (!document.title.startsWith(prefix)) document.title = prefix + document.title.replace(/^\(\d+\) /, "");
    };
    mark();
    // Next writes the title of each page anew.
    const watcher = new MutationObserver(mark);
    watcher.observe(document.head, { childList: true, subtree: true, characterData: true });
    const icon = document.createElement("link");
    icon.rel = "icon";
    icon.type = "image/svg+xml";
    icon.href = `data:image/svg+xml,${encodeURIComponent(iconWith(count))}`;
    document.head.append(icon);
    return () => {
      watcher.disconnect();
      icon.remove();
      document.title = document.title.replace(/^\(\d+\) /, "");
    };
  }, [count]);
}

function iconWith(count: number): string {
  const text = count > 9 ? "9+" : String(count);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0f6cbd"/><path d="M6 6h7c3.4 0 5.6 1.8 5.6 4.7 0 2-1 3.4-2.7 4 2.2.5 3.5 2.1 3.5 4.4 0 3.3-2.4 5.4-6.2 5.400H6z" fill="#fff"/><circle cx="21.5" cy="21.5" r="10.5" fill="#c50f1f" stroke="#fff" stroke-width="1.5"/><text x="21.5" y="26.5" font-family="sans-serif" font-size="14" font-weight="700" text-anchor="middle" fill="#fff">${text}</text></svg>`;
}
