"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { describedBy, Field, Textarea } from "@/components/ui/field";
import { ProblemNotice } from "@/components/ui/problem";
import { useToast } from "@/components/ui/toast";
import { api, ApiError } from "@/lib/http/api";
import type { Snapshot } from "./queries";
import { leading } from "./words";

/** Withdraws a snapshot that is wrong, or lets it count again, for a reason that goes on record. */
export function SnapshotStanding({ snapshot: { id, isCurrent, withdrawn, sightings } }: { snapshot: Snapshot }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const client = useQueryClient();
  const say = useToast();
  const withdraws = withdrawn === null;
  const set = useMutation({
    mutationFn: () => api("POST /api/v1/network/snapshots/{id}/standing", { params: { id }, body: { withdrawn: withdraws, reason } }),
    onSuccess: () => {
      say("success", withdraws ? "The snapshot is withdrawn." : "The snapshot counts again.");
      close();
      setReason("");
    },
    onSettled: () => client.invalidateQueries(),
  });
  const close = (): void => {
    set.reset();
    setOpen(false);
  };
  const error = set.error instanceof ApiError ? set.error.fields.reason : undefined;
  const number = leading(sightings)?.changeNumber ?? "";
  const field = `standing-${id}`;
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {withdraws ? "Withdraw" : "Let it count"}
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={withdraws ? `Withdraw snapshot ${number}` : `Let snapshot ${number} count again`}
        footer={
          <>
            <Button onClick={close}>Leave it</Button>
            <Button kind="danger" busy={set.isPending} disabled={reason.trim() === ""} onClick={() => set.mutate()}>
              {withdraws ? "Withdraw it" : "Let it count"}
            </Button>
          </>
        }
      >
        <p>
          {withdraws
            ? `It counts for nothing from then on, and the same content is not taken in again. ${isCurrent ? "The newest of the others comes into use." : ""} Plans that rest on it are void where the others give another list.`
            : "The newest snapshot that counts is in use: that may be this one."}
        </p>
        <Field id={field} label="Why" hint="It goes on record with your name." error={error}>
          <Textarea
            id={field}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
            aria-invalid={error !== undefined}
            aria-describedby={describedBy(field, { hint: true, error: error !== undefined })}
          />
        </Field>
        {set.isError && error === undefined && <ProblemNotice error={set.error} />}
      </Dialog>
    </>
  );
}
