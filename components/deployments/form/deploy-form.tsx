"use client";
import { useEffect } from "react";
import { PageHeader, Section } from "@/components/ui/section";
import { AskedFields } from "@/components/requests/form/asked-fields";
import { SendRow } from "@/components/requests/form/send-row";
import { StartOver } from "@/components/requests/form/start-over";
import { useAsk } from "@/components/requests/form/use-ask";
import type { LinkQuery } from "../link";
import { ComputeSection } from "./compute-section";
import { bodyOfDeploy, deployDraft, missingOfDeploy } from "./draft";
import { ExtensionSection } from "./extension-section";
import { KindTabs } from "./kind-tabs";
import { DeploymentPreview } from "./preview";
import { WhereSection } from "./where-section";

/** The form that asks for Azure ML on a cluster, with its plan beside it. */
export function DeployForm({ query }: { query: LinkQuery }) {
  const ask = useAsk({
    storeKey: "bindery-deployment-draft",
    start: deployDraft(query),
    blank: deployDraft({}),
    isPrefilled: Object.values(query).some(Boolean),
    bodyOf: bodyOfDeploy,
    missingParts: missingOfDeploy,
  });
  const { draft, change, texts, verdict, tried } = ask;
  // Where the name is taken and the person wrote none, the server's free one stands in the field.
  const freeName = draft.bindingName === "" ? ask.suggestedName : null;
  useEffect(() => {
    if (freeName !== null) change({ bindingName: freeName });
  }, [freeName, change]);
  return (
    <>
      <PageHeader
        title="Deploy Azure ML"
        below="Installs the extension, makes the role binding and the namespace, and attaches the cluster to a workspace. Nothing is done in Azure before exactly this plan is approved."
        actions={<StartOver onStart={ask.startOver} />}
      />
      <KindTabs kind="ml-deploy" clusterId={draft.clusterId} />
      <form {...ask.form} className="grid items-start gap-3 lg:grid-cols-[minmax(0,38rem)_minmax(0,1fr)]">
        <div key={ask.round} className="min-w-0 space-y-3">
          <WhereSection draft={draft} change={change} chosen={ask.chosen} notSeen={ask.notSeen} texts={texts} />
          <ExtensionSection draft={draft} change={change} texts={texts} />
          <ComputeSection draft={draft} change={change} texts={texts} />
          <Section title="Why">
            <div className="space-y-4">
              <AskedFields reason={draft.reason} ticket={draft.ticket} onChange={change} verdict={verdict} texts={texts} tried={tried} />
              <SendRow {...ask.sending} />
            </div>
          </Section>
        </div>
        <div className="min-w-0 lg:sticky lg:top-15 lg:max-h-[calc(100dvh-5rem)] lg:overflow-y-auto">
          <DeploymentPreview {...ask.preview} />
        </div>
      </form>
    </>
  );
}
