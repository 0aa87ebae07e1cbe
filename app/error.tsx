"use client";
import { PlainPage } from "@/components/shell/plain-page";
import { Button } from "@/components/ui/button";

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
      <Button kind="primary" onClick={reset}>
        Try again
      </Button>
    </PlainPage>
  );
}
