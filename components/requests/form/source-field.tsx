import type { FieldTexts } from "./field-checks";
import { WorkspacePicker } from "./workspace-picker";

type Props = { value: string; onChange: (id: string) => void; texts: FieldTexts };

/** The resource that gets access: a workspace that this person can read, or any resource by its ARM id. */
export function SourceField(props: Props) {
  return (
    <WorkspacePicker
      {...props}
      id="sourceResourceId"
      label="Source resource"
      what="source"
      none="No such workspace"
      hint={(chosen) =>
        chosen === null
          ? "The workspace that gets access, or the ARM id of any other resource."
          : `${chosen.type} in ${chosen.group ?? "the subscription"}`
      }
    />
  );
}
