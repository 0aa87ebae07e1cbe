"use client";
import { useState } from "react";
import { armNames } from "@/components/ui/arm-names";
import { Combobox } from "@/components/ui/combobox";
import { describedBy, Field } from "@/components/ui/field";
import { isArmId, isClusterId } from "@/components/requests/form/draft";
import type { FieldTexts } from "@/components/requests/form/field-checks";
import { useWorkspaces } from "@/components/requests/form/queries";
import { Warnings } from "@/components/requests/form/warnings";

type Props = { clusterId: string; value: string; onChange: (id: string) => void; texts: FieldTexts };

/** A workspace that this person can read, of the cluster's own subscription: Azure ML does not attach across subscriptions. */
export function WorkspaceField({ clusterId, value, onChange, texts }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const { data, error } = useWorkspaces();
  const subscription = isClusterId(clusterId) ? (armNames(clusterId.trim()).subscription ?? "").toLowerCase() : null;
  const wanted = (typed ?? "").toLowerCase();
  const near = (data?.items ?? []).filter(({ subscriptionId }) => subscription === null || subscriptionId.toLowerCase() === subscription);
  const options = near
    .filter((one) => [one.name, one.friendlyName ?? "", one.resourceGroup].some((text) => text.toLowerCase().includes(wanted)))
    .slice(0, 30)
    .map((one) => ({
      value: one.id,
      label: one.friendlyName === null || one.friendlyName === one.name ? one.name : `${one.name} (${one.friendlyName})`,
      hint: `${one.location ?? "no region"} · ${one.resourceGroup} · identity ${one.identity.type}`,
    }));
  const notes = [
    error !== null && "The workspaces could not be read; paste the workspace's ARM id.",
    (data?.failures.length ?? 0) > 0 && "Some subscriptions could not be read; paste the workspace's ARM id.",
    data !== undefined && options.length === 0 && "No such workspace in the cluster's subscription is readable by you; paste its ARM id.",
  ].filter((note) => typeof note === "string");
  const chosen = isArmId(value) ? armNames(value) : null;
  const [isWrong, isDoubtful] = [texts.error !== undefined, texts.warnings.length > 0];
  return (
    <Field
      id="workspace"
      label="Workspace"
      hint={
        chosen === null ? "One of the cluster's subscription, or an ARM id that you paste." : `In ${chosen.group ?? "the subscription"}`
      }
      error={texts.error}
      warning={isDoubtful && <Warnings warnings={texts.warnings} />}
    >
      <Combobox
        id="workspace"
        text={typed ?? (chosen === null ? value : chosen.name)}
        onText={(text) => {
          setTyped(text);
          onChange(isArmId(text) ? text.trim() : "");
        }}
        onPick={(option) => {
          setTyped(null);
          onChange(option.value);
        }}
        options={options}
        note={notes.length > 0 ? notes.join(" ") : undefined}
        placeholder="Search workspaces or paste an ARM id"
        invalid={isWrong}
        describedBy={describedBy("workspace", { hint: true, error: isWrong, warning: isDoubtful })}
      />
    </Field>
  );
}
