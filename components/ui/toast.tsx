"use client";
import { X } from "@/components/ui/icons";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { toneIcon } from "./tone-icon";
import { type Tone, toneBox } from "./tone";

type Toast = { id: number; tone: Tone; text: string };
const Say = createContext<(tone: Tone, text: string) => void>(() => undefined);

/** Says in a corner what just happened. For what the page shows anyway; what must not be missed is a `<Notice>`. */
export function useToast(): (tone: Tone, text: string) => void {
  return useContext(Say);
}

/** The corner, one for all pages: a live region that is always there, so that screen readers hear what appears in it. */
export function ToastRegion({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const drop = useCallback((id: number) => setToasts((now) => now.filter((toast) => toast.id !== id)), []);
  const say = useCallback((tone: Tone, text: string) => {
    setToasts((now) => [...now.slice(-2), { id: (now.at(-1)?.id ?? 0) + 1, tone, text }]);
  }, []);
  return (
    <Say value={say}>
      {children}
      <output aria-live="polite" className="fixed right-4 bottom-4 z-50 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2">
        {toasts.map((toast) => (
          <ToastBox key={toast.id} toast={toast} onDone={drop} />
        ))}
      </output>
    </Say>
  );
}

function ToastBox({ toast: { id, tone, text }, onDone }: { toast: Toast; onDone: (id: number) => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => onDone(id), 7000);
    return () => clearTimeout(timer);
  }, [held, id, onDone]);
  const Icon = toneIcon[tone];
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={`flex items-start gap-2 rounded-lg border px-3 py-2 shadow-high ${toneBox[tone]}`}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <p className="min-w-0 flex-1 break-words text-ink">{text}</p>
      <button
        type="button"
        aria-label="Dismiss"
        onClick={() => onDone(id)}
        className="inline-flex size-6 items-center justify-center rounded-md hover:bg-hover"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </div>
  );
}
