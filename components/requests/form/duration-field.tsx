import { Choice, describedBy, FieldGroup, Input } from "@/components/ui/field";
import type { FieldTexts } from "./field-checks";
import { Warnings } from "./warnings";

type Props = {
  timed: boolean;
  hours: string;
  onChange: (part: { timed?: boolean; hours?: string }) => void;
  texts: FieldTexts;
  maxHours: number | null;
};

/** How long: hours, or standing. */
export function DurationField({ timed, hours, onChange, texts, maxHours }: Props) {
  const limit = maxHours === null ? "" : ` The policy allows ${maxHours} hours at most.`;
  return (
    <FieldGroup
      id="hours"
      label="How long"
      hint={`Azure keeps no end for a binding: when the time is over, the bindings page marks it, nobody is mailed, and a person revokes.${limit}`}
      error={texts.error}
      warning={texts.warnings.length > 0 && <Warnings warnings={texts.warnings} />}
    >
      <div className="flex flex-wrap items-center gap-x-5">
        <span className="flex items-center gap-2">
          <Choice type="radio" name="timed" checked={timed} onChange={() => onChange({ timed: true })} label="For" />
          <Input
            type="number"
            inputMode="numeric"
            min={1}
            max={8760}
            aria-label="Hours"
            className="w-20!"
            value={hours}
            aria-invalid={texts.error !== undefined}
            aria-describedby={describedBy("hours", { hint: true, error: texts.error !== undefined })}
            onFocus={() => onChange({ timed: true })}
            onChange={(event) => onChange({ hours: event.target.value, timed: true })}
          />
          <span>hours</span>
        </span>
        <Choice type="radio" name="timed" checked={!timed} onChange={() => onChange({ timed: false })} label="Standing, without an end" />
      </div>
    </FieldGroup>
  );
}
