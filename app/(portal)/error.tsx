"use client";
import { Bug } from "@/components/ui/icons";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";

/** A page that failed to draw. The rest of the portal goes on. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Empty
      icon={Bug}
      title="This page failed"
      action={
        <Button kind="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      This is Bindery's fault, not yours, and nothing was changed in Azure by it. If it stays, give your administrator the time
      {error.digest !== undefined && (
        <>
          {" "}
          and the mark <code className="font-mono">{error.digest}</code>
        </>
      )}
      .
    </Empty>
  );
}
