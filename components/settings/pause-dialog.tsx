"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { describedBy, Field, Textarea } from "@/components/ui/field";
import { ProblemNotice } from "@/components/ui/problem";
import { useToast } from "@/components/ui/toast";
import { api, ApiError } from "@/lib/http/api";

type Props = { pausing: boolean; open: boolean; onClose: () => void };

/** Asks why before all writes are paused or resumed: the reason stands above every page, and in the record. */
export function PauseDialog({ pausing, open, onClose }: Props) {
  const [reason, setReason] = useState("");
  const client = useQueryClient();
  const say = useToast();
  const send = useMutation({
    mutationFn: () => api("POST /api/v1/settings/pause-writes", { body: { paused: pausing, reason } }),
    onSuccess: ({ paused }) => {
      say("success", paused ? "Writes to Azure are paused." : "Writes to Azure go on.");
      setReason("");
      onClose();
    },
    // Also after a refusal: somebody else may have thrown the switch.
    onSettled: () => client.invalidateQueries(),
  });
  const close = (): void => {
    send.reset();
    onClose();
  };
  const fieldError = send.error instanceof ApiError ? send.error.fields.reason : undefined;
  const word = pausing ? "Pause writes" : "Resume writes";
  return (
    <Dialog
      open={open}
      onClose={close}
      title={word}
      footer={
        <>
          <Button onClick={close}>{pausing ? "Let writes go on" : "Leave them paused"}</Button>
          <Button kind={pausing ? "danger" : "primary"} busy={send.isPending} disabled={reason.trim() === ""} onClick={() => send.mutate()}>
            {word}
          </Button>
        </>
      }
    >
      <p>
        {pausing
          ? "Every run stops before its next write to Azure, also those of other people. What Azure already took is not undone."
          : "Runs that wait for this go on by themselves, acting as the people who started them."}
      </p>
      <Field id="pause-reason" label="Why" hint="Everybody sees it above every page while writes are paused." error={fieldError}>
        <Textarea
          id="pause-reason"
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
          aria-invalid={fieldError !== undefined}
          aria-describedby={describedBy("pause-reason", { hint: true, error: fieldError !== undefined })}
        />
      </Field>
      {send.isError && fieldError === undefined && <ProblemNotice error={send.error} />}
    </Dialog>
  );
}
