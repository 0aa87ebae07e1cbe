"use client";
import { roleName } from "@/components/ui/arm-names";
import { describedBy, Field, Input, Select } from "@/components/ui/field";
import type { Answer } from "@/lib/http/contract";
import type { RequestKind } from "@/lib/plans/plan";
import type { FieldTexts } from "./field-checks";
import { Warnings } from "./warnings";

type ClusterDetail = Answer<"GET /api/v1/clusters/{subscription}/{group}/{name}">;
type Binding = Extract<ClusterDetail["bindings"], { state: "ok" }>["value"][number];
type Props = {
  kind: RequestKind;
  value: string;
  onChange: (name: string) => void;
  onBinding: (binding: Binding) => void;
  /** Bindings of the cluster; null: not readable. */
  bindings: Binding[] | null;
  /** Why there is nothing to choose from yet. */
  nothingYet: "no-cluster" | "reading" | null;
  texts: FieldTexts;
};

/** The binding's name: a new one (suggested by the server), or one of those that the cluster has. */
export function BindingField({ kind, value, onChange, onBinding, bindings, nothingYet, texts }: Props) {
  const isNew = kind === "binding-grant";
  const described = describedBy("name", { hint: true, error: texts.error !== undefined, warning: texts.warnings.length > 0 });
  const frame = { id: "name", error: texts.error, warning: texts.warnings.length > 0 && <Warnings warnings={texts.warnings} /> };
  if (!isNew && nothingYet !== null) {
    const words = nothingYet === "reading" ? "Reading the cluster's bindings…" : "Choose the cluster first.";
    return (
      <Field {...frame} label="Binding" hint={words}>
        <Select id="name" value={value} disabled aria-describedby={described}>
          <option value={value}>{value}</option>
        </Select>
      </Field>
    );
  }
  if (isNew || bindings === null) {
    return (
      <Field
        {...frame}
        label={isNew ? "Name of the binding" : "Binding"}
        hint={
          isNew
            ? "Up to 24 letters, digits and hyphens. Left empty, it is suggested."
            : "The cluster's bindings are not readable by you; write the name."
        }
      >
        <Input
          id="name"
          value={value}
          maxLength={isNew ? 24 : 36}
          spellCheck={false}
          aria-invalid={texts.error !== undefined}
          aria-describedby={described}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
    );
  }
  return (
    <Field {...frame} label="Binding" hint={bindings.length === 0 ? "This cluster has no bindings." : "Those that the cluster has now."}>
      <Select
        id="name"
        value={value}
        aria-invalid={texts.error !== undefined}
        aria-describedby={described}
        onChange={(event) => {
          const binding = bindings.find((each) => each.name === event.target.value);
          if (binding !== undefined) onBinding(binding);
        }}
      >
        <option value="">Choose…</option>
        {bindings.map((binding) => (
          <option key={binding.bindingId} value={binding.name}>
            {binding.name}: {binding.sourceName}, {binding.roles.map((role) => roleName(role.fullName)).join(", ")}
          </option>
        ))}
      </Select>
    </Field>
  );
}
