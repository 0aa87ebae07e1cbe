"use client";
import { type SyntheticEvent, useEffect, useRef, useState } from "react";
import { RotateCcw } from "@/components/ui/icons";
import { Button } from "@/components/ui/button";
import { PageHeader, Section } from "@/components/ui/section";
import { AskedFields } from "@/components/requests/form/asked-fields";
import { textsFor } from "@/components/requests/form/field-checks";
import { useChosenCluster, useCheck, isNotSeen } from "@/components/requests/form/queries";
import { SendRow } from "@/components/requests/form/send-row";
import { useDraft } from "@/components/requests/form/use-draft";
import { useSubmit } from "@/components/requests/form/use-submit";
import type { LinkQuery } from "../link";
import { ComputeSection } from "./compute-section";
import { bodyOfDeploy, deployDraft, missingOfDeploy } from "./draft";
import { ExtensionSection } from "./extension-section";
import { KindTabs } from "./kind-tabs";
import { DeploymentPreview } from "./preview";
import { WhereSection } from "./where-section";

const asChecked = { bodyOf: bodyOfDeploy, missingParts: missingOfDeploy };

/** The form that asks for Azure ML on a cluster, with its plan beside it. */
export function DeployForm({ query }: { query: LinkQuery }) {
  const { draft, change, touched, forget, startOver } = useDraft({
    storeKey: "bindery-deployment-draft",
    start: deployDraft(query),
    blank: deployDraft({}),
    isPrefilled: Object.values(query).some(Boolean),
  });
  const [round, setRound] = useState(0);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const cluster = useChosenCluster(draft.clusterId);
  const check = useCheck(draft, asChecked);
  const submit = useSubmit(forget);
  // Where the name is taken and the person wrote none, the server's free one stands in the field.
  const freeName = draft.bindingName === "" ? (check.data?.suggestedName ?? null) : null;
  useEffect(() => {
    if (freeName !== null) change({ bindingName: freeName });
  }, [freeName, change]);
  useEffect(() => {
    // After a refusal the first field in error gets the focus.
    if (submit.error !== null) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [submit.error]);

  const missing = missingOfDeploy(draft);
  const body = bodyOfDeploy(draft);
  const chosen = cluster.data?.cluster.state === "ok" ? cluster.data.cluster.value : null;
  const checks = missing.length === 0 ? (check.data?.checks ?? []) : [];
  // What stops the request stands beside its field; everything else about the cluster is in the plan's own list.
  const stops = checks.filter(({ status }) => status === "blocking");
  const findings = [
    { about: submit.variables, checks: [], refusal: submit.error },
    { about: check.asked, checks: [], refusal: check.error },
    { about: check.about, checks: stops, refusal: null },
  ];
  const texts = (field: string) => textsFor(field, body, findings);
  const verdict = missing.length === 0 ? (check.data?.plan?.verdict ?? null) : null;
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    setTried(true);
    if (missing.length === 0) submit.mutate(body);
  };
  return (
    <>
      <PageHeader
        title="Deploy Azure ML"
        below="Installs the extension, makes the role binding and the namespace, and attaches the cluster to a workspace. Nothing is done in Azure before exactly this plan is approved."
        actions={
          touched && (
            <Button
              icon={RotateCcw}
              onClick={() => {
                startOver();
                setTried(false);
                setRound(round + 1);
              }}
            >
              Start over
            </Button>
          )
        }
      />
      <KindTabs kind="ml-deploy" clusterId={draft.clusterId} />
      <form ref={form} onSubmit={send} noValidate className="grid items-start gap-3 lg:grid-cols-[minmax(0,38rem)_minmax(0,1fr)]">
        <div key={round} className="min-w-0 space-y-3">
          <WhereSection draft={draft} change={change} chosen={chosen} notSeen={isNotSeen(cluster)} texts={texts} />
          <ExtensionSection draft={draft} change={change} texts={texts} />
          <ComputeSection draft={draft} change={change} texts={texts} />
          <Section title="Why">
            <div className="space-y-4">
              <AskedFields reason={draft.reason} ticket={draft.ticket} onChange={change} verdict={verdict} texts={texts} tried={tried} />
              <SendRow submit={submit} startsAtOnce={verdict?.approvals === 0} tried={tried} missing={missing} body={body} />
            </div>
          </Section>
        </div>
        <div className="min-w-0 lg:sticky lg:top-15 lg:max-h-[calc(100dvh-5rem)] lg:overflow-y-auto">
          <DeploymentPreview
            answer={check.data}
            error={check.error}
            waiting={check.waiting}
            missing={missing}
            onRetry={() => void check.refetch()}
          />
        </div>
      </form>
    </>
  );
}
