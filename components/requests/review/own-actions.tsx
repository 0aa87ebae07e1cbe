"use client";
import { Play, RefreshCw, Undo2 } from "@/components/ui/icons";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, LinkButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import { ProblemNotice } from "@/components/ui/problem";
import { api } from "@/lib/http/api";
import type { RequestDetail } from "../shapes";
import { againLink } from "../form/again-link";
import { againWords } from "../words";
import { MissingRights } from "./missing-rights";
import { useRequestWrite } from "./use-request-write";

const over: readonly string[] = ["withdrawn", "rejected", "expired"];

/** Start, plan again, withdraw, ask again: those that make sense in this state, with the reason where they are refused. */
export function OwnActions({ request }: { request: RequestDetail }) {
  const { state, may, mine } = request;
  if (mine && over.includes(state)) return <AskAgain request={request} />;
  const starts = state === "approved" && (may.start.allowed || request.runs.length === 0);
  const plansAgain = state === "waiting" && may.plan.allowed;
  const withdraws = mine && ["waiting", "approved"].includes(state);
  if (!starts && !plansAgain && !withdraws) return null;
  return (
    <div className="space-y-2 border-t border-line pt-3">
      {starts && <Start request={request} />}
      <div className="flex flex-wrap items-start gap-2">
        {plansAgain && <PlanAgain request={request} />}
        {withdraws && <Withdraw request={request} />}
      </div>
    </div>
  );
}

/** A request that came to nothing, as a new form filled in. */
function AskAgain({ request: { input } }: { request: RequestDetail }) {
  const isSealed = input.kind === "ml-deploy" && input.extension !== "present" && Object.keys(input.extension.protected).length > 0;
  return (
    <div className="space-y-1 border-t border-line pt-3">
      <LinkButton icon={RefreshCw} href={againLink(input)}>
        Ask again with changes
      </LinkButton>
      <p className="text-xs text-ink-3">
        Opens the form filled in as this request was.{isSealed && " Protected values were wiped with it: enter them anew."}
      </p>
    </div>
  );
}

function Start({ request: { id, may } }: { request: RequestDetail }) {
  const router = useRouter();
  const start = useRequestWrite(
    id,
    () => api("POST /api/v1/requests/{id}/start", { params: { id } }),
    ({ runId }) => {
      router.push(`/runs/${runId}`);
      return "The run begins.";
    },
  );
  return (
    <div className="space-y-1">
      <Button kind="primary" icon={Play} busy={start.isPending} disabled={!may.start.allowed} onClick={() => start.mutate(undefined)}>
        Start the run
      </Button>
      <p className="text-xs text-ink-3">{may.start.allowed ? "Bindery acts as you until this run ends, at most 24 h." : may.start.why}</p>
      {may.start.allowed && <MissingRights requestId={id} instead="Activate a role that has it before you start." />}
      {start.isError && <ProblemNotice error={start.error} />}
    </div>
  );
}

function PlanAgain({ request: { id, plan } }: { request: RequestDetail }) {
  const again = useRequestWrite(
    id,
    () => api("POST /api/v1/requests/{id}/plan", { params: { id } }),
    (answer) => againWords(answer, plan?.preconditions.some(({ status }) => status === "blocking") ?? false),
    ({ stops }) => (stops.length > 0 ? "warning" : "success"),
  );
  return (
    <div className="space-y-1">
      <Button
        icon={RefreshCw}
        busy={again.isPending}
        kind={plan === null ? "primary" : "secondary"}
        onClick={() => again.mutate(undefined)}
      >
        {plan === null ? "Plan" : "Plan again"}
      </Button>
      {again.isError && <ProblemNotice error={again.error} />}
    </div>
  );
}

function Withdraw({ request: { id, may } }: { request: RequestDetail }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const withdraw = useRequestWrite(
    id,
    () => api("POST /api/v1/requests/{id}/withdraw", { params: { id }, body: { reason: reason.trim() || undefined } }),
    () => {
      setOpen(false);
      return "Withdrawn.";
    },
  );
  return (
    <div className="space-y-1">
      <Button icon={Undo2} disabled={!may.withdraw.allowed} onClick={() => setOpen(true)}>
        Withdraw…
      </Button>
      {!may.withdraw.allowed && <p className="text-xs text-ink-3">{may.withdraw.why}</p>}
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Withdraw this request?"
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button kind="danger" busy={withdraw.isPending} onClick={() => withdraw.mutate(undefined)}>
              Withdraw
            </Button>
          </>
        }
      >
        <p>
          Nothing was done in Azure, and nothing will be. A withdrawn request cannot be opened again; its page then offers a new form filled
          in as this one was.
        </p>
        <Field id="withdraw-reason" label="Why" optional>
          <Textarea id="withdraw-reason" rows={2} value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} />
        </Field>
        {withdraw.isError && <ProblemNotice error={withdraw.error} />}
      </Dialog>
    </div>
  );
}
