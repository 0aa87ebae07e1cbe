"use client";
import { useEffect } from "react";
import { Choice, FieldGroup } from "@/components/ui/field";
import { Section } from "@/components/ui/section";
import { ClusterField } from "@/components/requests/form/cluster-field";
import type { FieldTexts } from "@/components/requests/form/field-checks";
import type { DeployDraft } from "./draft";
import { ExtensionThere } from "./extension-there";
import { TextField } from "./text-field";
import { WorkspaceField } from "./workspace-field";

type Props = {
  draft: DeployDraft;
  change: (part: Partial<DeployDraft>) => void;
  chosen: { location: string; resourceGroup: string; subscriptionName: string; authorizedIpRanges: string[] | null } | null;
  notSeen: boolean;
  texts: (field: string) => FieldTexts;
};

/** The cluster, and the workspace that it is attached to: one that is there, or one that the run makes. */
export function WhereSection({ draft, change, chosen, notSeen, texts }: Props) {
  const { workspaceIsNew, resourceGroup, region } = draft;
  const [group, location] = [chosen?.resourceGroup ?? "", chosen?.location ?? ""];
  useEffect(() => {
    if (workspaceIsNew && location !== "") change({ resourceGroup: resourceGroup || group, region: region || location });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- suggested once, as soon as it is known: whoever empties a field keeps it empty
  }, [workspaceIsNew, group, location]);
  return (
    <Section title="Where">
      <div className="space-y-4">
        <ClusterField
          value={draft.clusterId}
          chosen={chosen}
          notSeen={notSeen}
          onChange={(clusterId) => change({ clusterId })}
          texts={texts("clusterId")}
        />
        {chosen !== null && chosen.authorizedIpRanges !== null && (
          <FieldGroup
            id="network"
            label="Authorized ranges"
            hint="Azure ML reaches a restricted API server through its role binding, and by these ranges as a fallback."
            error={texts("network").error}
          >
            <Choice
              type="radio"
              name="network"
              checked={draft.opensRanges}
              onChange={() => change({ opensRanges: true })}
              label="Let in the ranges of Azure ML that are missing"
            />
            <Choice
              type="radio"
              name="network"
              checked={!draft.opensRanges}
              onChange={() => change({ opensRanges: false })}
              label="Leave the list as it is"
            />
          </FieldGroup>
        )}
        <ExtensionThere clusterId={draft.clusterId} installs={draft.installs} />
        <FieldGroup id="workspace-kind" label="Attach it to">
          <div className="flex flex-wrap gap-x-5">
            <Choice
              type="radio"
              name="workspace-kind"
              checked={!draft.workspaceIsNew}
              onChange={() => change({ workspaceIsNew: false })}
              label="A workspace that exists"
            />
            <Choice
              type="radio"
              name="workspace-kind"
              checked={draft.workspaceIsNew}
              onChange={() => change({ workspaceIsNew: true })}
              label="A new workspace"
            />
          </div>
        </FieldGroup>
        {draft.workspaceIsNew ? (
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              id="workspace.name"
              label="Name of the workspace"
              value={draft.newWorkspace}
              maxLength={33}
              onChange={(newWorkspace) => change({ newWorkspace })}
              texts={texts("workspace.name")}
            />
            <TextField
              id="workspace.resourceGroup"
              label="Resource group"
              hint="One that is there, in the cluster's subscription."
              value={draft.resourceGroup}
              maxLength={90}
              onChange={(resourceGroup) => change({ resourceGroup })}
              texts={texts("workspace.resourceGroup")}
            />
            <TextField
              id="workspace.location"
              label="Region"
              hint="As Azure writes it, such as westeurope."
              value={draft.region}
              maxLength={40}
              onChange={(region) => change({ region })}
              texts={texts("workspace.location")}
            />
          </div>
        ) : (
          <WorkspaceField
            clusterId={draft.clusterId}
            value={draft.workspaceId}
            onChange={(workspaceId) => change({ workspaceId })}
            texts={texts("workspace")}
          />
        )}
      </div>
    </Section>
  );
}
