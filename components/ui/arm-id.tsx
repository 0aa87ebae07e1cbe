import { armNames } from "./arm-names";
import { CopyButton } from "./copy-button";

/** An ARM id: its last name, the whole id on hover and in the clipboard. `full` shows it all, breaking where it must. */
export function ArmId({ id, what = "resource id", full = false }: { id: string; what?: string; full?: boolean }) {
  const { name } = armNames(id);
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <span title={id} className={full ? "min-w-0 font-mono text-xs break-all" : "truncate"}>
        {full ? id : name}
      </span>
      <CopyButton text={id} what={what} />
    </span>
  );
}

/** A digest, hash or correlation id: its beginning, the whole on hover and in the clipboard. */
export function Short({ text, what, length = 12 }: { text: string; what: string; length?: number }) {
  return (
    <span className="inline-flex max-w-full items-center gap-0.5">
      <code title={text} className={`min-w-0 font-mono text-xs ${length > 20 ? "break-all" : "whitespace-nowrap"}`}>
        {text.length > length ? `${text.slice(0, length)}…` : text}
      </code>
      <CopyButton text={text} what={what} />
    </span>
  );
}
