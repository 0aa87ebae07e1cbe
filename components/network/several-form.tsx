"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type SyntheticEvent, useState } from "react";
import { AskedFields } from "@/components/requests/form/asked-fields";
import { textsFor } from "@/components/requests/form/field-checks";
import { useCheckOf } from "@/components/requests/form/queries";
import { SendRow } from "@/components/requests/form/send-row";
import { StartOver } from "@/components/requests/form/start-over";
import { useFocusOnWrong } from "@/components/requests/form/use-focus-on-wrong";
import { useDraft } from "@/components/requests/form/use-draft";
import { PageHeader, Section } from "@/components/ui/section";
import { useToast } from "@/components/ui/toast";
import { api } from "@/lib/http/api";
import { AddCluster } from "./add-cluster";
import { RangesField, ScopeField } from "./authorize-fields";
import { bodyOfSeveral, isOfForm, missingOfSeveral, type SeveralBody, severalDraft, withCluster, withoutCluster } from "./several-draft";
import { SeveralPlans } from "./several-plans";

/** The form that asks for the same change of several clusters' authorized ranges, with the plan of each beside it. */
export function SeveralForm({ clusterIds }: { clusterIds: string[] }) {
  const { draft, change, touched, forget, startOver } = useDraft({
    storeKey: "bindery-several-draft",
    start: severalDraft(clusterIds),
    blank: severalDraft([]),
    isPrefilled: clusterIds.length > 0,
  });
  const [tried, setTried] = useState(false);
  const check = useCheckOf(draft, {
    bodyOf: bodyOfSeveral,
    missingParts: missingOfSeveral,
    route: "POST /api/v1/batches/check",
    check: (body, signal) => api("POST /api/v1/batches/check", { body, signal }),
  });
  const submit = useSeveralSubmit(forget);
  const form = useFocusOnWrong(submit.error);
  const body = bodyOfSeveral(draft);
  const missing = missingOfSeveral(draft);
  const answers = missing.length === 0 ? (check.data?.items ?? []) : [];
  const findings = [
    { about: submit.variables, checks: [], refusal: submit.error },
    { about: check.asked, checks: [], refusal: check.error },
    {
      about: check.about,
      checks: answers.flatMap(({ answer }) => answer.checks.filter((one) => one.status === "blocking" && isOfForm(one))),
      refusal: null,
    },
  ];
  const texts = (field: string) => textsFor(field, body, findings);
  const extraError = body.extra?.flatMap((_, at) => texts(`extra.${at}`).error ?? []).join(" ") || texts("extra").error;
  const verdicts = answers.flatMap(({ answer }) => answer.plan?.verdict ?? []);
  const atOnce = verdicts.filter(({ approvals }) => approvals === 0).length;
  return (
    <>
      <PageHeader
        title="Change the authorized ranges of several clusters"
        below="The same change for each; every cluster gets a plan and a digest of its own. They are reviewed on one page and decided with one decision, and one whose facts changed drops out alone."
        actions={
          <StartOver
            onStart={
              touched
                ? () => {
                    startOver();
                    setTried(false);
                  }
                : null
            }
          />
        }
      />
      <form
        ref={form}
        noValidate
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          setTried(true);
          if (missing.length === 0) submit.mutate(body);
        }}
        className="grid items-start gap-3 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]"
      >
        <Section title="What you ask for">
          <div className="space-y-4">
            <AddCluster onAdd={(id) => change({ clusterIds: withCluster(draft.clusterIds, [id]) })} error={texts("clusterIds").error} />
            <ScopeField scope={draft.scope} mergeAdjacent={draft.mergeAdjacent} onChange={change} error={texts("scope").error} />
            <RangesField
              name="own"
              value={draft.own}
              label="Addresses that people call from"
              hint="Added to the list of every cluster: ranges or single addresses, one on a line."
              onChange={change}
              error={extraError}
            />
            <AskedFields
              reason={draft.reason}
              ticket={draft.ticket}
              onChange={change}
              verdict={
                verdicts.length === 0
                  ? null
                  : {
                      reasonRequired: verdicts.some(({ reasonRequired }) => reasonRequired),
                      ticketRequired: verdicts.some(({ ticketRequired }) => ticketRequired),
                    }
              }
              texts={texts}
              tried={tried}
            />
            {atOnce > 0 && atOnce < verdicts.length && (
              <p className="text-xs text-ink-2">{atOnce} of them need no approval: their runs start at once, and act as you.</p>
            )}
            <SendRow
              submit={submit}
              startsAtOnce={atOnce > 0 && atOnce === verdicts.length}
              tried={tried}
              missing={missing}
              body={body}
              send={draft.clusterIds.length < 2 ? "Send requests" : `Send ${draft.clusterIds.length} requests`}
            />
          </div>
        </Section>
        <SeveralPlans
          clusterIds={draft.clusterIds}
          answers={answers}
          error={missing.length === 0 ? check.error : null}
          waiting={check.waiting && missing.length === 0}
          onRetry={() => void check.refetch()}
          onLeaveOut={(id) => {
            change({ clusterIds: withoutCluster(draft.clusterIds, id) });
            // The button that was pressed goes: the next thing is another cluster, or to send.
            document.getElementById("addCluster")?.focus();
          }}
        />
      </form>
    </>
  );
}

function useSeveralSubmit(forget: () => void) {
  const router = useRouter();
  const say = useToast();
  return useMutation({
    mutationFn: (body: SeveralBody) => api("POST /api/v1/batches", { body }),
    onSuccess: ({ id, requests }) => {
      forget();
      say("success", `${requests.length} requests are sent.`);
      router.push(`/requests/batch/${id}`);
    },
  });
}
