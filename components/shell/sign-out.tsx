"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Choice } from "@/components/ui/field";
import { ProblemNotice } from "@/components/ui/problem";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/http/api";
import { queryOf } from "./query";

/** Ends the session: lists the runs that go on acting as this person and offers to stop them, then leaves for Entra's own sign-out. */
export function SignOutDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [stop, setStop] = useState<string[]>([]);
  const [everywhere, setEverywhere] = useState(false);
  const runs = useQuery({ ...queryOf("GET /api/v1/sessions/open-runs"), enabled: open, staleTime: 0 });
  const leave = useMutation({
    mutationFn: () => api("POST /api/v1/sign-out", { body: { everywhere, stopRuns: stop } }),
    onSuccess: ({ navigateTo }) => window.location.assign(navigateTo),
  });
  const toggle = (id: string, on: boolean): void => setStop((now) => (on ? [...now, id] : now.filter((each) => each !== id)));
  const items = runs.data?.items ?? [];
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Sign out"
      footer={
        <>
          <Button onClick={onClose}>Stay signed in</Button>
          <Button kind="primary" busy={leave.isPending || leave.isSuccess} disabled={runs.isPending} onClick={() => leave.mutate()}>
            Sign out
          </Button>
        </>
      }
    >
      {runs.isPending && <SkeletonRows rows={2} label="Looking for runs that act as you…" />}
      {runs.isError && <ProblemNotice error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.isSuccess && items.length === 0 && <p>No run acts as you. Your tokens are deleted when you sign out.</p>}
      {items.length > 0 && (
        <>
          <p>
            These runs act as you. They go on after you sign out, and Bindery keeps your tokens until they end, unless you stop them too.
          </p>
          <div className="space-y-1">
            {items.map((run) => (
              <Choice
                key={run.id}
                checked={stop.includes(run.id)}
                onChange={(event) => toggle(run.id, event.target.checked)}
                label={
                  <>
                    Stop{" "}
                    <Link href={`/runs/${run.id}`} className="font-medium text-brand-ink hover:underline">
                      run {run.number}
                    </Link>{" "}
                    too
                  </>
                }
                hint={run.sentence}
              />
            ))}
          </div>
        </>
      )}
      <Choice checked={everywhere} onChange={(event) => setEverywhere(event.target.checked)} label="End all my sessions, on every device" />
      {leave.isError && <ProblemNotice error={leave.error} />}
    </Dialog>
  );
}
