import type { ReactNode } from "react";
import { Mark } from "./mark";

/** A page with one message and nothing around it: sign-in, no portal role, not found, error. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-md rounded-lg border border-line bg-surface p-6 shadow-card">
        <p className="mb-5 flex items-center gap-2 text-base font-semibold tracking-tight">
          <Mark />
          Bindery
        </p>
        <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
        <div className="mt-2 space-y-4 text-base text-ink-2">{children}</div>
      </div>
    </main>
  );
}
