"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Choice, describedBy, Field, FieldGroup, Textarea } from "@/components/ui/field";
import { ProblemNotice } from "@/components/ui/problem";
import { useToast } from "@/components/ui/toast";
import { api, ApiError } from "@/lib/http/api";
import type { TagWarning } from "./queries";
import { lossWords } from "./words";

type Props = { warnings: readonly TagWarning[]; open: boolean; onClose: () => void };

/** Asks which losses are taken as true, and why: their ranges may be taken off lists then, and the reason is on record. */
export function AcceptWarnings({ warnings, open, onClose }: Props) {
  const [reason, setReason] = useState("");
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const client = useQueryClient();
  const say = useToast();
  // The only one needs no choice; a warning that ended meanwhile is none.
  const ids = warnings.flatMap(({ id }) => (warnings.length === 1 || picked.has(id) ? [id] : []));
  const accept = useMutation({
    mutationFn: () => api("POST /api/v1/network/warnings/accept", { body: { ids, reason } }),
    onSuccess: ({ accepted }) => {
      say("success", `Accepted: what ${accepted.join(", ")} lost. Its ranges may be taken off lists again.`);
      setReason("");
      setPicked(new Set());
      onClose();
    },
    // Also after a refusal: somebody else may have accepted them.
    onSettled: () => client.invalidateQueries(),
  });
  const close = (): void => {
    accept.reset();
    onClose();
  };
  const pick = (id: string, isPicked: boolean): void => {
    const next = new Set(picked);
    if (isPicked) next.add(id);
    else next.delete(id);
    setPicked(next);
  };
  const fieldError = accept.error instanceof ApiError ? accept.error.fields.reason : undefined;
  return (
    <Dialog
      open={open}
      onClose={close}
      title={warnings.length === 1 ? "Accept the loss of ranges" : "Accept losses of ranges"}
      footer={
        <>
          <Button onClick={close}>Leave it</Button>
          <Button kind="danger" busy={accept.isPending} disabled={reason.trim() === "" || ids.length === 0} onClick={() => accept.mutate()}>
            {ids.length > 1 ? `Accept ${ids.length} losses` : "Accept the loss"}
          </Button>
        </>
      }
    >
      <p>
        Accept only what Microsoft has truly withdrawn. From then on ranges that Bindery added may be taken off lists where these tags no
        longer hold them. Nothing is taken off by this alone.
      </p>
      {warnings.length === 1 ? (
        warnings.map((warning) => (
          <p key={warning.id}>
            <span className="font-medium break-all">{warning.tag}</span> {lossWords(warning)}.
          </p>
        ))
      ) : (
        <FieldGroup id="accept-ids" label="Which losses">
          <Choice
            checked={ids.length === warnings.length}
            onChange={(event) => setPicked(new Set(event.target.checked ? warnings.map(({ id }) => id) : []))}
            label={`All ${warnings.length}`}
          />
          <div className="max-h-48 overflow-y-auto border-t border-line pt-1">
            {warnings.map((warning) => (
              <Choice
                key={warning.id}
                checked={picked.has(warning.id)}
                onChange={(event) => pick(warning.id, event.target.checked)}
                label={<span className="break-all">{warning.tag}</span>}
                hint={lossWords(warning)}
              />
            ))}
          </div>
        </FieldGroup>
      )}
      <Field id="accept-reason" label="Why" hint="It goes on record with your name." error={fieldError}>
        <Textarea
          id="accept-reason"
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
          aria-invalid={fieldError !== undefined}
          aria-describedby={describedBy("accept-reason", { hint: true, error: fieldError !== undefined })}
        />
      </Field>
      {accept.isError && fieldError === undefined && <ProblemNotice error={accept.error} />}
    </Dialog>
  );
}
