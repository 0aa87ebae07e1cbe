"use client";
import { useEffect } from "react";
import { CloudCog, Globe } from "@/components/ui/icons";
import { deployPath } from "@/components/deployments/link";
import { LinkButton } from "@/components/ui/button";
import { Choice, FieldGroup } from "@/components/ui/field";
import { PageHeader, Section } from "@/components/ui/section";
import { bindingKinds } from "@/lib/plans/plan";
import { kindWords } from "../words";
import { AskedFields } from "./asked-fields";
import { BindingField } from "./binding-field";
import { ClusterField } from "./cluster-field";
import { bodyOf, type Draft, durationOf, emptyDraft, isClusterId, missingParts, type Prefill } from "./draft";
import { DurationField } from "./duration-field";
import { Preview } from "./preview";
import { RolesField } from "./roles-field";
import { SendRow } from "./send-row";
import { StartOver } from "./start-over";
import { useAsk } from "./use-ask";
import { SourceField } from "./source-field";

const kindHints = {
  "binding-grant": "A new role binding for a source on a cluster.",
  "binding-update": "Other roles, another source or another duration for a binding that exists.",
  "binding-revoke": "Take a binding away.",
} as const;

/** The form of a new request, with its plan beside it. */
export function RequestForm({ prefill }: { prefill: Prefill }) {
  const ask = useAsk<Draft>({
    storeKey: "bindery-request-draft",
    start: emptyDraft(prefill),
    blank: emptyDraft({}),
    isPrefilled: Object.values(prefill).some(Boolean),
    bodyOf,
    missingParts,
    besideField: () => true,
  });
  const { draft, change, texts, verdict, tried, chosen, bindings, cluster } = ask;
  useBindingOfDraft(draft, bindings, change);
  useSuggestedName(draft, ask.suggestedName, change);
  const isRevoke = draft.kind === "binding-revoke";
  return (
    <>
      <PageHeader
        title="New request"
        below={
          ask.startsAtOnce
            ? "The policy asks nobody to approve this: sending it starts the run."
            : "Nothing is done in Azure before exactly this plan is approved as the policy asks."
        }
        actions={
          <>
            <LinkButton icon={CloudCog} href={isClusterId(draft.clusterId) ? deployPath(draft.clusterId.trim()) : "/deployments/new"}>
              Deploy Azure ML
            </LinkButton>
            <LinkButton
              icon={Globe}
              href={
                isClusterId(draft.clusterId) ? `/network/new?${new URLSearchParams({ cluster: draft.clusterId.trim() })}` : "/network/new"
              }
            >
              Change authorized ranges
            </LinkButton>
            <StartOver onStart={ask.startOver} />
          </>
        }
      />
      <form {...ask.form} className="grid items-start gap-3 lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
        <Section key={ask.round} title="What you ask for">
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
              notSeen={ask.notSeen}
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
            <SendRow {...ask.sending} />
          </div>
        </Section>
        <div className="lg:sticky lg:top-15">
          <Preview {...ask.preview} />
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
