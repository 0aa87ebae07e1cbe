"use client";
import { CloudCog, RotateCcw } from "@/components/ui/icons";
import { type SyntheticEvent, useEffect, useRef, useState } from "react";
import { deployPath } from "@/components/deployments/link";
import { Button, LinkButton } from "@/components/ui/button";
import { Choice, FieldGroup } from "@/components/ui/field";
import { PageHeader, Section } from "@/components/ui/section";
import { bindingKinds } from "@/lib/plans/plan";
import { kindWords } from "../words";
import { AskedFields } from "./asked-fields";
import { BindingField } from "./binding-field";
import { ClusterField } from "./cluster-field";
import { bodyOf, type Draft, durationOf, emptyDraft, isClusterId, missingParts, type Prefill } from "./draft";
import { DurationField } from "./duration-field";
import { textsFor } from "./field-checks";
import { Preview } from "./preview";
import { useChosenCluster, useCheck, isNotSeen } from "./queries";
import { RolesField } from "./roles-field";
import { SendRow } from "./send-row";
import { SourceField } from "./source-field";
import { useDraft } from "./use-draft";
import { useSubmit } from "./use-submit";

const kindHints = {
  "binding-grant": "A new role binding for a source on a cluster.",
  "binding-update": "Other roles, another source or another duration for a binding that exists.",
  "binding-revoke": "Take a binding away.",
} as const;

/** The form of a new request, with its plan beside it. */
export function RequestForm({ prefill }: { prefill: Prefill }) {
  const { draft, change, touched, forget, startOver } = useDraft<Draft>({
    storeKey: "bindery-request-draft",
    start: emptyDraft(prefill),
    blank: emptyDraft({}),
    isPrefilled: Object.values(prefill).some(Boolean),
  });
  const [round, setRound] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const cluster = useChosenCluster(draft.clusterId);
  const check = useCheck(draft, { bodyOf, missingParts });
  const submit = useSubmit(forget);
  const chosen = cluster.data?.cluster.state === "ok" ? cluster.data.cluster.value : null;
  const bindings = cluster.data?.bindings.state === "ok" ? cluster.data.bindings.value : null;
  const missing = missingParts(draft);
  useBindingOfDraft(draft, bindings, change);
  useSuggestedName(draft, check.data?.suggestedName ?? null, change);
  useEffect(() => {
    // After a refusal the first field in error gets the focus.
    if (submit.error !== null) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [submit.error]);

  const checks = missing.length === 0 ? (check.data?.checks ?? []) : [];
  const findings = [
    { about: submit.variables, checks: [], refusal: submit.error },
    { about: check.asked, checks: [], refusal: check.error },
    { about: check.about, checks, refusal: null },
  ];
  const texts = (field: string) => textsFor(field, bodyOf(draft), findings);
  const verdict = missing.length === 0 ? (check.data?.plan?.verdict ?? null) : null;
  const startsAtOnce = verdict?.approvals === 0;
  const isRevoke = draft.kind === "binding-revoke";
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    setTried(true);
    if (missing.length === 0) submit.mutate(bodyOf(draft));
  };
  return (
    <>
      <PageHeader
        title="New request"
        below={
          startsAtOnce
            ? "The policy asks nobody to approve this: sending it starts the run."
            : "Nothing is done in Azure before exactly this plan is approved as the policy asks."
        }
        actions={
          <>
            <LinkButton icon={CloudCog} href={isClusterId(draft.clusterId) ? deployPath(draft.clusterId.trim()) : "/deployments/new"}>
              Deploy Azure ML
            </LinkButton>
            {touched && (
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
            )}
          </>
        }
      />
      <form ref={form} onSubmit={send} noValidate className="grid items-start gap-3 lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
        <Section key={round} title="What you ask for">
          <div className="space-y-4">
            <FieldGroup id="kind" label="Kind" hint={kindHints[draft.kind]}>
              <div className="flex flex-wrap gap-x-5">
                {bindingKinds.map((kind) => (
                  <Choice
                    key={kind}
                    type="radio"
                    name="kind"
                    checked={draft.kind === kind}
                    onChange={() => change({ kind })}
                    label={kindWords[kind]}
                  />
                ))}
              </div>
            </FieldGroup>
            <ClusterField
              value={draft.clusterId}
              chosen={chosen}
              notSeen={isNotSeen(cluster)}
              onChange={(clusterId) => change({ clusterId })}
              texts={texts("clusterId")}
            />
            {draft.kind !== "binding-grant" && <BindingField {...bindingProps()} />}
            {!isRevoke && (
              <>
                <SourceField
                  value={draft.sourceResourceId}
                  onChange={(sourceResourceId) => change({ sourceResourceId })}
                  texts={texts("sourceResourceId")}
                />
                <RolesField
                  cluster={chosen}
                  reading={cluster.isLoading}
                  clusterUnreadable={cluster.data !== undefined ? chosen === null : cluster.isError}
                  sourceId={draft.sourceResourceId}
                  value={draft.roles}
                  onChange={(roles) => change({ roles })}
                  texts={texts("roles")}
                />
              </>
            )}
            {draft.kind === "binding-grant" && <BindingField {...bindingProps()} />}
            {!isRevoke && (
              <DurationField
                timed={draft.timed}
                hours={draft.hours}
                onChange={change}
                texts={texts("hours")}
                maxHours={verdict?.maxHours ?? null}
              />
            )}
            <AskedFields reason={draft.reason} ticket={draft.ticket} onChange={change} verdict={verdict} texts={texts} tried={tried} />
            <SendRow submit={submit} startsAtOnce={startsAtOnce} tried={tried} missing={missing} body={bodyOf(draft)} />
          </div>
        </Section>
        <div className="lg:sticky lg:top-15">
          <Preview answer={check.data} error={check.error} waiting={check.waiting} missing={missing} onRetry={() => void check.refetch()} />
        </div>
      </form>
    </>
  );

  function bindingProps() {
    return {
      kind: draft.kind,
      value: draft.name,
      onChange: (name: string) => change({ name }),
      onBinding: ({ name }: { name: string }) => change({ name, sourceResourceId: "", roles: [] }),
      bindings,
      nothingYet: cluster.isLoading ? ("reading" as const) : isClusterId(draft.clusterId) ? null : ("no-cluster" as const),
      texts: texts("name"),
    };
  }
}

type Bindings = { name: string; sourceResourceId: string; roles: { fullName: string }[]; remindAt: string | null }[] | null;

/** A change starts from what the binding holds now; only where nothing was chosen yet. */
function useBindingOfDraft(draft: Draft, bindings: Bindings, change: (part: Partial<Draft>) => void): void {
  const binding =
    draft.kind === "binding-update" ? bindings?.find((each) => each.name.toLowerCase() === draft.name.toLowerCase()) : undefined;
  const untouched = draft.sourceResourceId === "" && draft.roles.length === 0;
  useEffect(() => {
    if (binding !== undefined && untouched)
      change({
        sourceResourceId: binding.sourceResourceId,
        roles: binding.roles.map((role) => role.fullName),
        ...durationOf(binding.remindAt, Date.now()),
      });
  }, [binding, untouched, change]);
}

/** The name of a new binding follows the server's suggestion, until the person writes one. */
function useSuggestedName(draft: Draft, suggested: string | null, change: (part: Partial<Draft>) => void): void {
  const follows = draft.kind === "binding-grant" && (draft.name === "" || draft.name === draft.suggestedName);
  const wanted = follows && suggested !== draft.name ? suggested : null;
  useEffect(() => {
    if (wanted !== null) change({ name: wanted, suggestedName: wanted });
  }, [wanted, change]);
}
