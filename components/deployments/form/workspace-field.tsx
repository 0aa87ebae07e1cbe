import type { FieldTexts } from "@/components/requests/form/field-checks";
import { isClusterId } from "@/components/requests/form/draft";
import { WorkspacePicker } from "@/components/requests/form/workspace-picker";
import { armNames } from "@/components/ui/arm-names";

type Props = {
  clusterId: string;
  value: string;
  onChange: (id: string) => void;
  texts: FieldTexts;
  optional?: boolean;
  /** What it means that none is chosen. */
  none?: string | undefined;
};

/** A workspace that this person can read, of the cluster's own subscription: Azure ML does not attach across subscriptions. */
export function WorkspaceField({ clusterId, none = "", ...props }: Props) {
  const subscription = isClusterId(clusterId) ? armNames(clusterId.trim()).subscription?.toLowerCase() : undefined;
  return (
    <WorkspacePicker
      {...props}
      id="workspace"
      label="Workspace"
      what="workspace"
      subscription={subscription}
      none="No such workspace in the cluster's subscription"
      hint={(chosen) =>
        chosen === null
          ? `One of the cluster's subscription, or an ARM id that you paste. ${none}`
          : `In ${chosen.group ?? "the subscription"}`
      }
    />
  );
}
