import { Input, Select } from "@/components/ui/field";
import type { SettingView } from "./queries";

type Props = {
  id: string;
  value: string;
  /** Null: the table does not know the key. */
  setting: SettingView | null;
  invalid: boolean;
  describedBy: string | undefined;
  onChange: (value: string) => void;
};

/** The control that fits a setting: True or False, one of its choices, or a text. A value that is none of them stays as it is written. */
export function SettingControl({ id, value, setting, invalid, describedBy, onChange }: Props) {
  const choices = setting?.kind === "flag" ? ["True", "False"] : setting?.choices;
  const common = { id, value, "aria-invalid": invalid, "aria-describedby": describedBy };
  if (choices === undefined)
    return <Input {...common} maxLength={4000} spellCheck={false} onChange={(event) => onChange(event.target.value)} />;
  // Azure takes a choice in any case: the person's own spelling stands for it.
  const others = choices.filter((choice) => choice.toLowerCase() !== value.toLowerCase());
  const own = others.length === choices.length ? [value, ...choices] : choices.map((choice) => (others.includes(choice) ? choice : value));
  return (
    <Select {...common} onChange={(event) => onChange(event.target.value)}>
      {own.map((choice) => (
        <option key={choice} value={choice}>
          {choice === "" ? "Choose…" : choice}
        </option>
      ))}
    </Select>
  );
}
