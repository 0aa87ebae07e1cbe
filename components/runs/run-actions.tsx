"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ban, RotateCcw, StepForward } from "@/components/ui/icons";
import { useState } from "react";
import { deploymentLink } from "@/components/deployments/link";
import { Button, LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemNotice } from "@/components/ui/problem";
import { Reasoned } from "@/components/ui/reasoned";
import { useToast } from "@/components/ui/toast";
import { api } from "@/lib/http/api";
import { type RunDetail, runQuery } from "./queries";

/** Retry, carry on, cancel: those that the state knows, each with its reason when this person may not. */
export function RunActions({ run }: { run: RunDetail }) {
  const waits = run.state === "rights-needed" || run.state === "sign-in-needed";
  const ended = run.state === "done" || run.state === "cancelled";
  return (
    <>
      {run.state === "failed" && (
        <Again
          run={run}
          word="Retry"
          icon={RotateCcw}
          ability={run.may.retry}
          call={() => api("POST /api/v1/runs/{id}/retry", { params: { id: run.id } })}
        />
      )}
      {waits && (
        <Again
          run={run}
          word="Carry on"
          kind={run.state === "sign-in-needed" ? "secondary" : "primary"}
          icon={StepForward}
          ability={run.may.carryOn}
          call={() => api("POST /api/v1/runs/{id}/carry-on", { params: { id: run.id } })}
        />
      )}
      {run.again !== null && (run.state === "failed" || ended) && (
        <LinkButton href={deploymentLink(run.again)}>Run again with changes</LinkButton>
      )}
      {!ended && <Cancel run={run} />}
    </>
  );
}

function useRunWrite<T>(id: string, call: () => Promise<T>, said: (answer: T) => string) {
  const client = useQueryClient();
  const say = useToast();
  return useMutation({
    mutationFn: call,
    onSuccess: (answer) => say("success", said(answer)),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: runQuery(id).queryKey }),
        client.invalidateQueries({ queryKey: ["GET /api/v1/me"] }),
      ]),
  });
}

type AgainProps = {
  run: RunDetail;
  word: string;
  /** Where signing in is the way on, this is the other way. */
  kind?: "primary" | "secondary";
  icon: typeof Ban;
  ability: RunDetail["may"]["retry"];
  call: () => Promise<{ attempt: number }>;
};

/** A new attempt, which acts as the person who presses it. */
function Again({ run, word, kind = "primary", icon, ability, call }: AgainProps) {
  const again = useRunWrite(run.id, call, ({ attempt }) => `Attempt ${attempt} begins.`);
  return (
    <>
      <Reasoned why={ability.allowed ? "Bindery acts as you until this run ends, at most 24 h." : ability.why}>
        {(describedBy) => (
          <Button
            kind={kind}
            icon={icon}
            busy={again.isPending}
            disabled={!ability.allowed}
            aria-describedby={describedBy}
            onClick={() => again.mutate()}
          >
            {word}
          </Button>
        )}
      </Reasoned>
      {again.isError && <ProblemNotice error={again.error} />}
    </>
  );
}

function Cancel({ run }: { run: RunDetail }) {
  const [open, setOpen] = useState(false);
  const cancel = useRunWrite(
    run.id,
    () => api("POST /api/v1/runs/{id}/cancel", { params: { id: run.id } }),
    ({ leaves }) => {
      setOpen(false);
      return `Cancelled. ${leaves}`;
    },
  );
  const { allowed, why } = run.may.cancel;
  return (
    <>
      <Reasoned why={allowed ? null : why}>
        {(describedBy) => (
          <Button icon={Ban} disabled={!allowed || run.cancelAsked} aria-describedby={describedBy} onClick={() => setOpen(true)}>
            Cancel run…
          </Button>
        )}
      </Reasoned>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Cancel run ${run.number}?`}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Let it run</Button>
            <Button kind="danger" busy={cancel.isPending} onClick={() => cancel.mutate()}>
              Cancel the run
            </Button>
          </>
        }
      >
        <p className="font-medium">What stays in Azure</p>
        <p>{run.cancelLeaves}</p>
        {cancel.isError && <ProblemNotice error={cancel.error} />}
      </Dialog>
    </>
  );
}
