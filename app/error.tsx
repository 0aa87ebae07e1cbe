"use client";
import { PlainPage } from "@/components/shell/plain-page";

/** Bindery itself failed, for example because its database does not answer. */
export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <PlainPage title="Bindery failed">
      <p>A part of Bindery does not work at this moment. Runs that have begun go on by themselves.</p>
      {error.digest !== undefined && (
        <p>
          Mark for your administrator: <code className="font-mono">{error.digest}</code>
        </p>
      )}
      {/* Not the kit's button, which brings more than this page needs: it is loaded with every other one. */}
      <button type="button" onClick={reset} className="h-8 rounded-md bg-brand px-3 font-medium text-white hover:bg-brand-hover">
        Try again
      </button>
    </PlainPage>
  );
}
