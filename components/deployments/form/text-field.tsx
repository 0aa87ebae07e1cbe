import type { ReactNode } from "react";
import { describedBy, Field, Input } from "@/components/ui/field";
import type { FieldTexts } from "@/components/requests/form/field-checks";
import { Warnings } from "@/components/requests/form/warnings";

type Props = {
  id: string;
  label: string;
  hint?: ReactNode;
  value: string;
  onChange: (value: string) => void;
  texts: FieldTexts;
  maxLength: number;
  optional?: boolean;
  placeholder?: string;
};

/** A line of text with what was found about it. */
export function TextField({ id, label, hint, value, onChange, texts, maxLength, optional = false, placeholder }: Props) {
  const [isWrong, isDoubtful] = [texts.error !== undefined, texts.warnings.length > 0];
  return (
    <Field
      id={id}
      label={label}
      hint={hint}
      optional={optional}
      error={texts.error}
      warning={isDoubtful && <Warnings warnings={texts.warnings} />}
    >
      <Input
        id={id}
        value={value}
        maxLength={maxLength}
        placeholder={placeholder}
        spellCheck={false}
        aria-invalid={isWrong}
        aria-describedby={describedBy(id, { hint: hint !== undefined, error: isWrong, warning: isDoubtful })}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
