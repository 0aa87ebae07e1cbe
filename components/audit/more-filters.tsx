"use client";
import type { SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Fold } from "@/components/ui/fold";
import type { AuditFilters } from "./queries";
import { fieldTime, isoTime } from "./words";

type Props = { filters: AuditFilters; onFilter: (change: AuditFilters) => void };

const texts = [
  ["cluster", "Cluster", "name or ARM id"],
  ["request", "Request", "its id"],
  ["run", "Run", "its id"],
  ["correlation", "Correlation", "id of a call or run"],
] as const;

/** The finer filters, folded away until one is set: a span of time, and ids. They are taken together, on "Apply". */
export function MoreFilters({ filters, onFilter }: Props) {
  const names = ["from", "to", ...texts.map(([name]) => name)] as const;
  const set = names.filter((name) => filters[name as keyof AuditFilters] !== undefined).length;
  const apply = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => textOf(form.get(name));
    const ids = Object.fromEntries(texts.map(([name]) => [name, text(name)]));
    onFilter({ ...ids, from: isoTime(text("from")), to: isoTime(text("to")) });
  };
  return (
    <Fold summary={set === 0 ? "More filters" : `More filters (${set} set)`} open={set > 0} className="mb-3">
      {/* A change of the address by other means must reach the uncontrolled fields. */}
      <form key={JSON.stringify(filters)} onSubmit={apply} className="grid items-end gap-3 sm:grid-cols-3 xl:grid-cols-7">
        {(["from", "to"] as const).map((name) => (
          <Field key={name} id={`audit-${name}`} label={name === "from" ? "From (UTC)" : "Until (UTC)"}>
            <Input id={`audit-${name}`} name={name} type="datetime-local" defaultValue={fieldTime(filters[name])} />
          </Field>
        ))}
        {texts.map(([name, label, placeholder]) => (
          <Field key={name} id={`audit-${name}`} label={label}>
            <Input id={`audit-${name}`} name={name} defaultValue={filters[name] ?? ""} placeholder={placeholder} spellCheck={false} />
          </Field>
        ))}
        <Button type="submit">Apply</Button>
      </form>
    </Fold>
  );
}

/** The text of a field; a form of text fields holds no files. */
function textOf(entry: FormDataEntryValue | null): string {
  return typeof entry === "string" ? entry.trim() : "";
}
