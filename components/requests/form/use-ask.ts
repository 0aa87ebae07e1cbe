"use client";
import { type SyntheticEvent, useState } from "react";
import type { Check, RequestBody } from "../shapes";
import { type FieldTexts, textsFor } from "./field-checks";
import { isNotSeen, useChosenCluster, useCheck } from "./queries";
import { type DraftStart, useDraft } from "./use-draft";
import { useFocusOnWrong } from "./use-focus-on-wrong";
import { useSubmit } from "./use-submit";

type Asked<D> = DraftStart<D> & {
  bodyOf: (draft: D) => RequestBody;
  /** What is still needed before a plan can be made, in the words of the labels. */
  missingParts: (draft: D) => string[];
  /** Which checks stand beside their field; left out: those that stop the request. */
  besideField?: (check: Check) => boolean;
};

const stops = ({ status }: Check): boolean => status === "blocking";

/**
 * What every form that asks for something has: its draft, the chosen cluster, the server's check of the draft as it is typed, what stands beside
 * each field, and how it is sent and begun anew.
 */
export function useAsk<D extends { clusterId: string }>({ bodyOf, missingParts, besideField = stops, ...start }: Asked<D>) {
  const { draft, change, touched, forget, startOver } = useDraft(start);
  const [round, setRound] = useState(0);
  const [tried, setTried] = useState(false);
  const cluster = useChosenCluster(draft.clusterId);
  const check = useCheck(draft, { bodyOf, missingParts });
  const submit = useSubmit(forget);
  const form = useFocusOnWrong(submit.error);

  const missing = missingParts(draft);
  const body = bodyOf(draft);
  const answer = missing.length === 0 ? check.data : undefined;
  const findings = [
    { about: submit.variables, checks: [], refusal: submit.error },
    { about: check.asked, checks: [], refusal: check.error },
    { about: check.about, checks: (answer?.checks ?? []).filter(besideField), refusal: null },
  ];
  const verdict = answer?.plan?.verdict ?? null;
  const startsAtOnce = verdict?.approvals === 0;
  return {
    draft,
    change,
    verdict,
    startsAtOnce,
    tried,
    /** The free name that the server suggests; null: none. */
    suggestedName: check.data?.suggestedName ?? null,
    /** The chosen cluster with its bindings, as far as it can be read. */
    chosen: cluster.data?.cluster.state === "ok" ? cluster.data.cluster.value : null,
    bindings: cluster.data?.bindings.state === "ok" ? cluster.data.bindings.value : null,
    notSeen: isNotSeen(cluster),
    cluster,
    texts: (field: string): FieldTexts => textsFor(field, body, findings),
    /** Of the `<form>`. */
    form: {
      ref: form,
      noValidate: true,
      onSubmit: (event: SyntheticEvent): void => {
        event.preventDefault();
        setTried(true);
        if (missing.length === 0) submit.mutate(body);
      },
    },
    /** Key of what is drawn anew when the form is begun anew. */
    round,
    /** Begins anew; null: nothing was typed. */
    startOver: touched
      ? (): void => {
          startOver();
          setTried(false);
          setRound(round + 1);
        }
      : null,
    /** Of `SendRow`. */
    sending: { submit, startsAtOnce, tried, missing, body },
    /** Of a preview. */
    preview: { answer: check.data, error: check.error, waiting: check.waiting, missing, besideField, onRetry: () => void check.refetch() },
  };
}
