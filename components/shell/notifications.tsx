"use client";
import { Bell } from "@/components/ui/icons";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { type Me, waitingCount } from "./me";

type Permission = NotificationPermission | "unsupported";
const permissionNow = (): Permission => ("Notification" in window ? Notification.permission : "unsupported");
const never = (): (() => void) => () => undefined;

const words: Record<Exclude<Permission, "default">, string> = {
  granted: "This browser tells you when something new waits for you.",
  denied: "This browser is set not to show notices of Bindery.",
  unsupported: "This browser cannot show notices.",
};

/** Asks the browser for leave to show notices; only on the person's own click. */
export function NotificationOptIn() {
  const known = useSyncExternalStore<Permission>(never, permissionNow, () => "unsupported");
  const [answered, setAnswered] = useState<Permission | null>(null);
  const permission = answered ?? known;
  if (permission !== "default") return <p className="text-xs text-ink-3">{words[permission]}</p>;
  return (
    <Button size="sm" icon={Bell} onClick={() => void Notification.requestPermission().then(setAnswered)}>
      Tell me when something waits for me
    </Button>
  );
}

/** Shows a notice when more waits for this person than before, in a tab that is not looked at. */
export function useNotices(me: Me): void {
  const now = waitingCount(me);
  const before = useRef(now);
  useEffect(() => {
    if (now === null) return;
    const more = before.current !== null && now > before.current;
    before.current = now;
    if (!more || document.hasFocus() || permissionNow() !== "granted") return;
    const notice = new Notification("Bindery", {
      body: `${now} ${now === 1 ? "thing waits" : "things wait"} for you.`,
      tag: "bindery-waiting",
    });
    notice.addEventListener("click", () => window.focus());
  }, [now]);
}
