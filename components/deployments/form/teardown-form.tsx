"use client";
import { Choice, FieldGroup } from "@/components/ui/field";
import { PageHeader, Section } from "@/components/ui/section";
import { AskedFields } from "@/components/requests/form/asked-fields";
import { ClusterField } from "@/components/requests/form/cluster-field";
import { SendRow } from "@/components/requests/form/send-row";
import { StartOver } from "@/components/requests/form/start-over";
import { useAsk } from "@/components/requests/form/use-ask";
import type { LinkQuery } from "../link";
import { AttachedField } from "./attached-field";
import { KindTabs } from "./kind-tabs";
import { DeploymentPreview } from "./preview";
import { bodyOfTeardown, missingOfTeardown, teardownDraft } from "./teardown-draft";
import { WorkspaceField } from "./workspace-field";

/** The form that asks for Azure ML to be taken off a cluster, with its plan beside it. */
export function TeardownForm({ query }: { query: LinkQuery }) {
  const ask = useAsk({
    storeKey: "bindery-teardown-draft",
    start: teardownDraft(query),
    blank: teardownDraft({}),
    isPrefilled: Object.values(query).some(Boolean),
    bodyOf: bodyOfTeardown,
    missingParts: missingOfTeardown,
  });
  const { draft, change, texts, verdict, tried } = ask;
  return (
    <>
      <PageHeader
        title="Take Azure ML down"
        below={
          ask.startsAtOnce
            ? "The policy asks nobody to approve this: sending it starts the run."
            : "Detaches computes, and with the last of them the workspace's role binding; the extension too, where asked. The cluster itself is not touched."
        }
        actions={<StartOver onStart={ask.startOver} />}
      />
      <KindTabs kind="ml-teardown" clusterId={draft.clusterId} />
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
            <SendRow {...ask.sending} />
          </div>
        </Section>
        <div className="min-w-0 lg:sticky lg:top-15 lg:max-h-[calc(100dvh-5rem)] lg:overflow-y-auto">
          <DeploymentPreview {...ask.preview} />
        </div>
      </form>
    </>
  );
}
