"use client";
import { type SyntheticEvent, useEffect, useRef, useState } from "react";
import { RotateCcw } from "@/components/ui/icons";
import { Button } from "@/components/ui/button";
import { Choice, FieldGroup } from "@/components/ui/field";
import { PageHeader, Section } from "@/components/ui/section";
import { AskedFields } from "@/components/requests/form/asked-fields";
import { ClusterField } from "@/components/requests/form/cluster-field";
import { textsFor } from "@/components/requests/form/field-checks";
import { useChosenCluster, useCheck, isNotSeen } from "@/components/requests/form/queries";
import { SendRow } from "@/components/requests/form/send-row";
import { useDraft } from "@/components/requests/form/use-draft";
import { useSubmit } from "@/components/requests/form/use-submit";
import type { LinkQuery } from "../link";
import { AttachedField } from "./attached-field";
import { KindTabs } from "./kind-tabs";
import { DeploymentPreview } from "./preview";
import { bodyOfTeardown, missingOfTeardown, teardownDraft } from "./teardown-draft";
import { WorkspaceField } from "./workspace-field";

const asChecked = { bodyOf: bodyOfTeardown, missingParts: missingOfTeardown };

/** The form that asks for Azure ML to be taken off a cluster, with its plan beside it. */
export function TeardownForm({ query }: { query: LinkQuery }) {
  const { draft, change, touched, forget, startOver } = useDraft({
    storeKey: "bindery-teardown-draft",
    start: teardownDraft(query),
    blank: teardownDraft({}),
    isPrefilled: Object.values(query).some(Boolean),
  });
  const [round, setRound] = useState(0);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const cluster = useChosenCluster(draft.clusterId);
  const check = useCheck(draft, asChecked);
  const submit = useSubmit(forget);
  useEffect(() => {
    // After a refusal the first field in error gets the focus.
    if (submit.error !== null) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [submit.error]);

  const missing = missingOfTeardown(draft);
  const body = bodyOfTeardown(draft);
  const chosen = cluster.data?.cluster.state === "ok" ? cluster.data.cluster.value : null;
  const stops = (missing.length === 0 ? (check.data?.checks ?? []) : []).filter(({ status }) => status === "blocking");
  const findings = [
    { about: submit.variables, checks: [], refusal: submit.error },
    { about: check.asked, checks: [], refusal: check.error },
    { about: check.about, checks: stops, refusal: null },
  ];
  const texts = (field: string) => textsFor(field, body, findings);
  const verdict = missing.length === 0 ? (check.data?.plan?.verdict ?? null) : null;
  const startsAtOnce = verdict?.approvals === 0;
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    setTried(true);
    if (missing.length === 0) submit.mutate(body);
  };
  return (
    <>
      <PageHeader
        title="Take Azure ML down"
        below={
          startsAtOnce
            ? "The policy asks nobody to approve this: sending it starts the run."
            : "Detaches computes, and with the last of them the workspace's role binding; the extension too, where asked. The cluster itself is not touched."
        }
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
      <KindTabs kind="ml-teardown" clusterId={draft.clusterId} />
      <form ref={form} onSubmit={send} noValidate className="grid items-start gap-3 lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
        <Section key={round} title="What you ask for">
          <div className="space-y-4">
            <ClusterField
              value={draft.clusterId}
              chosen={chosen}
              notSeen={isNotSeen(cluster)}
              onChange={(clusterId) => change({ clusterId })}
              texts={texts("clusterId")}
            />
            <WorkspaceField
              clusterId={draft.clusterId}
              value={draft.workspaceId}
              onChange={(workspaceId) => change({ workspaceId, computes: [], all: true })}
              texts={texts("workspaceId")}
              optional={draft.deletesExtension}
              none={draft.deletesExtension ? "None: the extension alone is deleted, where no workspace uses it." : undefined}
            />
            {!(draft.deletesExtension && draft.workspaceId === "") && (
              <AttachedField draft={draft} change={change} error={texts("computes").error} />
            )}
            <FieldGroup id="extension" label="The extension" error={texts("extension").error}>
              <Choice
                type="radio"
                name="extension"
                checked={!draft.deletesExtension}
                onChange={() => change({ deletesExtension: false })}
                label="Stays"
                hint="Other workspaces that are attached to the cluster go on."
              />
              <Choice
                type="radio"
                name="extension"
                checked={draft.deletesExtension}
                onChange={() => change({ deletesExtension: true })}
                label="Is deleted"
                hint="With the namespace azureml and everything that it brought, once no compute needs it."
              />
            </FieldGroup>
            <AskedFields reason={draft.reason} ticket={draft.ticket} onChange={change} verdict={verdict} texts={texts} tried={tried} />
            <SendRow submit={submit} startsAtOnce={startsAtOnce} tried={tried} missing={missing} body={body} />
          </div>
        </Section>
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
