import type { ReactNode } from "react";
import { X } from "@/components/ui/icons";
import { Badge } from "@/components/ui/badge";
import { FindingLines } from "./finding-lines";
import type { FindingView } from "./queries";

type Props = {
  name: string;
  meaning: string | undefined;
  /** False: the table of settings does not know the key. */
  isKnown: boolean;
  findings: FindingView[];
  /** What a refusal of the server says about it. */
  refusal: string | undefined;
  onRemove: () => void;
  onFix: (fix: NonNullable<FindingView["fix"]>) => void;
  /** The control of this id, with what it is described by and whether it is wrong. */
  children: (control: { id: string; describedBy: string | undefined; invalid: boolean }) => ReactNode;
};

/** One setting: its key, its control, a button that takes it away, and what was found about it. */
export function SettingRow({ name, meaning, isKnown, findings, refusal, onRemove, onFix, children }: Props) {
  const id = `setting-${name}`;
  const invalid = refusal !== undefined || findings.some(({ level }) => level === "error");
  const describedBy = findings.length > 0 || refusal !== undefined ? `${id}-says` : undefined;
  return (
    <li className="space-y-1.5 px-2.5 py-2">
      <div className="grid grid-cols-[minmax(0,1fr)_2rem] items-center gap-2 sm:grid-cols-[minmax(0,1fr)_12rem_2rem]">
        <label htmlFor={id} className="min-w-0" title={meaning}>
          <code className="font-mono text-xs break-all">{name}</code> {!isKnown && <Badge tone="warning">not known</Badge>}
        </label>
        <div className="order-last col-span-2 sm:order-none sm:col-span-1">{children({ id, describedBy, invalid })}</div>
        <button
          type="button"
          aria-label={`Remove ${name}`}
          onClick={onRemove}
          className="inline-flex size-8 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      </div>
      {describedBy !== undefined && (
        <div id={describedBy} className="space-y-1.5">
          <FindingLines findings={findings} onFix={onFix} />
          {refusal !== undefined && findings.length === 0 && <p className="text-xs text-danger-ink">{refusal}</p>}
        </div>
      )}
    </li>
  );
}
