"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemNotice } from "@/components/ui/problem";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { api } from "@/lib/http/api";
import { type SessionRow, sessionsQuery } from "./queries";
import { browserOf } from "./user-agent";

/** Ends a session on the server: the browser that holds it is signed out at its next step. */
export function EndSessionDialog({ session, onClose }: { session: SessionRow | null; onClose: () => void }) {
  const client = useQueryClient();
  const say = useToast();
  const end = useMutation({
    mutationFn: (id: string) => api("DELETE /api/v1/sessions/{id}", { params: { id } }),
    onSuccess: () => {
      say("success", "The session has ended.");
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery().queryKey }),
  });
  const close = (): void => {
    end.reset();
    onClose();
  };
  return (
    <Dialog
      open={session !== null}
      onClose={close}
      title="End this session"
      footer={
        <>
          <Button onClick={close}>Leave it</Button>
          <Button kind="danger" busy={end.isPending} onClick={() => session !== null && end.mutate(session.id)}>
            End session
          </Button>
        </>
      }
    >
      {session !== null && (
        <p>
          {session.name}, {browserOf(session.userAgent)}, last seen <Time iso={session.seenAt} />. That browser must sign in again. Runs
          that act as this person go on.
        </p>
      )}
      {end.isError && <ProblemNotice error={end.error} />}
    </Dialog>
  );
}
