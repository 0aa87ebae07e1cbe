"use client";
import { AskedFields } from "@/components/requests/form/asked-fields";
import { ClusterField } from "@/components/requests/form/cluster-field";
import { Preview } from "@/components/requests/form/preview";
import { SendRow } from "@/components/requests/form/send-row";
import { StartOver } from "@/components/requests/form/start-over";
import { useAsk } from "@/components/requests/form/use-ask";
import { Choice, FieldGroup } from "@/components/ui/field";
import { PageHeader, Section } from "@/components/ui/section";
import { authorizeDraft, type AuthorizeQuery, bodyOfAuthorize, missingOfAuthorize, pathsOf } from "./authorize-draft";
import type { Check } from "@/components/requests/shapes";
import { RangesField, ScopeField } from "./authorize-fields";

/** The form that asks for a change of the ranges that a cluster's API server lets in, with its plan beside it. */
export function AuthorizeForm({ query }: { query: AuthorizeQuery }) {
  const ask = useAsk({
    storeKey: "bindery-network-draft",
    start: authorizeDraft(query),
    blank: authorizeDraft({}),
    isPrefilled: Object.values(query).some(Boolean),
    bodyOf: bodyOfAuthorize,
    missingParts: missingOfAuthorize,
    besideField: standsElsewhere,
  });
  const { draft, change, texts, verdict, tried } = ask;
  const paths = pathsOf(draft);
  const errorsOf = (field: keyof typeof paths): string | undefined =>
    paths[field].flatMap((path) => texts(path).error ?? []).join(" ") || undefined;
  const egressError = errorsOf("egress");
  return (
    <>
      <PageHeader
        title="Change authorized ranges"
        below="Which addresses may call the API server of a cluster. Entries of others stay as they are; nothing is done in Azure before exactly this plan is approved."
        actions={<StartOver onStart={ask.startOver} />}
      />
      <form {...ask.form} className="grid items-start gap-3 lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
        <Section key={ask.round} title="What you ask for">
          <div className="space-y-4">
            <ClusterField
              value={draft.clusterId}
              chosen={ask.chosen}
              notSeen={ask.notSeen}
              onChange={(clusterId) => change({ clusterId })}
              texts={texts("clusterId")}
            />
            <FieldGroup id="addMissing" label="Azure ML" error={texts("addMissing").error}>
              <Choice
                checked={draft.addMissing}
                onChange={(event) => change({ addMissing: event.target.checked })}
                label="Let in the ranges that it calls from and that are missing"
              />
            </FieldGroup>
            {draft.addMissing && (
              <ScopeField scope={draft.scope} mergeAdjacent={draft.mergeAdjacent} onChange={change} error={texts("scope").error} />
            )}
            <RangesField
              name="own"
              value={draft.own}
              label="Addresses that people call from"
              hint="Ranges or single addresses, one on a line: an office, a pipeline, your own."
              onChange={change}
              error={errorsOf("own") ?? (egressError === undefined ? texts("extra").error : undefined)}
            />
            <RangesField
              name="egress"
              value={draft.egress}
              label="Addresses by which the nodes go out"
              hint="Needed where the nodes leave by a firewall or a NAT gateway: without them they become NotReady."
              onChange={change}
              error={egressError}
            />
            <RangesField
              name="remove"
              value={draft.remove}
              label="Entries to take out"
              hint="Only what Bindery added, as it stands in the list."
              onChange={change}
              error={errorsOf("remove") ?? texts("remove").error}
            />
            <AskedFields reason={draft.reason} ticket={draft.ticket} onChange={change} verdict={verdict} texts={texts} tried={tried} />
            <SendRow {...ask.sending} />
          </div>
        </Section>
        <div className="min-w-0 lg:sticky lg:top-15 lg:max-h-[calc(100dvh-5rem)] lg:overflow-y-auto">
          <Preview {...ask.preview} />
        </div>
      </form>
    </>
  );
}

/** Beside its field, or with what changes: who may be locked out is said there. */
const standsElsewhere = ({ status, key }: Check): boolean => status === "blocking" || key.startsWith("lock-out");
