"use client";
import { Choice, FieldGroup } from "@/components/ui/field";
import { Fold } from "@/components/ui/fold";
import { Section } from "@/components/ui/section";
import type { FieldTexts } from "@/components/requests/form/field-checks";
import { bindingNameOf, type DeployDraft, mlworkload } from "./draft";
import { TextField } from "./text-field";

type Props = { draft: DeployDraft; change: (part: Partial<DeployDraft>) => void; texts: (field: string) => FieldTexts };

/** How the workspace knows the cluster, where its jobs run, and the role binding by which Azure ML comes in. */
export function ComputeSection({ draft, change, texts }: Props) {
  const suggested = bindingNameOf({ ...draft, bindingName: "" });
  return (
    <Section title="Compute and role binding">
      <div className="space-y-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            id="compute.name"
            label="Name of the compute"
            hint="The workspace knows the cluster by it: 3 to 24 letters, digits and hyphens."
            value={draft.compute}
            maxLength={24}
            onChange={(compute) => change({ compute })}
            texts={texts("compute.name")}
          />
          <TextField
            id="compute.namespace"
            label="Namespace"
            hint="Its jobs and endpoints run there, such as ml-ops. The run makes it where it is not there."
            value={draft.namespace}
            maxLength={63}
            onChange={(namespace) => change({ namespace })}
            texts={texts("compute.namespace")}
          />
        </div>
        <FieldGroup id="binding" label="Role binding" error={texts("binding").error}>
          <Choice
            type="radio"
            name="binding"
            checked={!draft.bindingByAttach}
            onChange={() => change({ bindingByAttach: false })}
            label="Made by the plan, before the attach"
            hint="Named and seen in the plan, and approved with it."
          />
          <Choice
            type="radio"
            name="binding"
            checked={draft.bindingByAttach}
            onChange={() => change({ bindingByAttach: true })}
            label="Made by the attach itself"
            hint="Azure ML makes one by itself, under a name of its own."
          />
        </FieldGroup>
        {!draft.bindingByAttach && (
          <TextField
            id="bindingName"
            label="Name of the binding"
            hint={`Up to 24 letters, digits and hyphens.${draft.bindingName === "" && suggested !== "ml" ? ` Left empty, it is ${suggested}.` : ""}`}
            value={draft.bindingName}
            maxLength={24}
            placeholder={suggested}
            optional
            onChange={(bindingName) => change({ bindingName })}
            texts={texts("bindingName")}
          />
        )}
        <Fold summary="Trusted access role, and the compute's identity" open={draft.identity !== "" || draft.role !== mlworkload}>
          <div className="space-y-4">
            {!draft.bindingByAttach && (
              <TextField
                id="binding.role"
                label="Trusted access role"
                hint="mlworkload is what an attach needs."
                value={draft.role}
                maxLength={200}
                onChange={(role) => change({ role })}
                texts={texts("binding.role")}
              />
            )}
            <TextField
              id="compute.identity"
              label="User-assigned identity of the compute"
              hint="Its ARM id. Left empty, the compute gets an identity of its own."
              value={draft.identity}
              maxLength={2048}
              optional
              onChange={(identity) => change({ identity })}
              texts={texts("compute.identity")}
            />
          </div>
        </Fold>
      </div>
    </Section>
  );
}
