import { Choice, describedBy, Field, FieldGroup, Textarea } from "@/components/ui/field";
import type { AuthorizeDraft } from "./authorize-draft";
import { scopes } from "./queries";
import { scopeWords } from "./words";

const scopeHints = {
  region: "Of the workspaces that use the cluster, or of the cluster itself where none does.",
  "region-and-pair": "As Microsoft asks for; fits the limit of 200 entries.",
  global: "More ranges than a list of 200 holds: for clusters with API Server VNet Integration.",
} as const;

type Scoped = Pick<AuthorizeDraft, "scope" | "mergeAdjacent">;

/** Which service tags of Azure ML count, and how their ranges are written. */
export function ScopeField({
  scope: chosen,
  mergeAdjacent,
  onChange,
  error,
}: Scoped & { onChange: (part: Partial<Scoped>) => void; error: string | undefined }) {
  return (
    <FieldGroup id="scope" label="Ranges that count" error={error}>
      {scopes.map((scope) => (
        <Choice
          key={scope}
          type="radio"
          name="scope"
          checked={chosen === scope}
          onChange={() => onChange({ scope })}
          label={scopeWords[scope]}
          hint={scopeHints[scope]}
        />
      ))}
      <Choice
        checked={mergeAdjacent}
        onChange={(event) => onChange({ mergeAdjacent: event.target.checked })}
        label="Join ranges that lie side by side"
        hint="Fewer entries; they are no longer those of the service tag."
      />
    </FieldGroup>
  );
}

type RangesProps<N extends string> = {
  name: N;
  label: string;
  hint: string;
  value: string;
  onChange: (part: { [K in N]?: string }) => void;
  error?: string | undefined;
};

/** Ranges as text, one on a line. */
export function RangesField<N extends string>({ name, label, hint, value, onChange, error }: RangesProps<N>) {
  return (
    <Field id={name} label={label} hint={hint} error={error} optional>
      <Textarea
        id={name}
        rows={2}
        value={value}
        className="font-mono text-xs"
        aria-invalid={error !== undefined}
        aria-describedby={describedBy(name, { hint: true, error: error !== undefined })}
        onChange={(event) => onChange({ [name]: event.target.value } as { [K in N]?: string })}
      />
    </Field>
  );
}
