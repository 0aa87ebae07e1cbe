"use client";
import { X } from "@/components/ui/icons";
import { Badge } from "@/components/ui/badge";
import { Fold } from "@/components/ui/fold";
import type { ExtensionDraft } from "./draft";
import { AddSetting } from "./add-setting";
import { FindingLines } from "./finding-lines";
import type { FindingView, LintView, SettingView } from "./queries";
import { SettingControl } from "./setting-control";

type Props = {
  extension: ExtensionDraft;
  onChange: (settings: Record<string, string>) => void;
  onFix: (fix: NonNullable<FindingView["fix"]>) => void;
  lint: LintView | undefined;
  offered: SettingView[];
  /** What a refusal of the server says about a key. */
  refusal: (key: string) => string | undefined;
};

/** The plain settings, each with the control that fits it and what was found about it; then what belongs to none of them. */
export function SettingsTable({ extension, onChange, onFix, lint, offered, refusal }: Props) {
  const keys = Object.keys(extension.settings);
  const others = (lint?.findings ?? []).filter(({ key }) => !keys.includes(key));
  const replace = (change: (entries: [string, string][]) => [string, string][]): void =>
    onChange(Object.fromEntries(change(Object.entries(extension.settings))));
  return (
    <div className="space-y-3">
      {keys.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line">
          {keys.map((key) => (
            <Row
              key={key}
              name={key}
              value={extension.settings[key] ?? ""}
              given={lint?.given.find((one) => one.key === key)}
              findings={(lint?.findings ?? []).filter((one) => one.key === key)}
              refusal={refusal(key)}
              onFix={onFix}
              onChange={(value) => replace((entries) => entries.map(([one, old]) => [one, one === key ? value : old]))}
              onRemove={() => replace((entries) => entries.filter(([one]) => one !== key))}
            />
          ))}
        </ul>
      )}
      <FindingLines findings={others} onFix={onFix} />
      <AddSetting offered={offered} given={keys} onAdd={(key, value) => replace((entries) => [...entries, [key, value]])} />
      {lint !== undefined && lint.derived.length > 0 && (
        <Fold summary={`${lint.derived.length} settings that Bindery adds from the cluster`}>
          <ul className="space-y-1 text-xs">
            {lint.derived.map(({ key, value, reason }) => (
              <li key={key}>
                <code className="font-mono break-all">
                  {key}={value}
                </code>{" "}
                <span className="text-ink-3">{reason}</span>
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </div>
  );
}

type RowProps = {
  name: string;
  value: string;
  /** Left out: not looked up yet. */
  given: LintView["given"][number] | undefined;
  findings: FindingView[];
  refusal: string | undefined;
  onChange: (value: string) => void;
  onRemove: () => void;
  onFix: Props["onFix"];
};

function Row({ name, value, given, findings, refusal, onChange, onRemove, onFix }: RowProps) {
  const id = `setting-${name}`;
  const invalid = refusal !== undefined || findings.some(({ level }) => level === "error");
  const described = findings.length > 0 || refusal !== undefined ? `${id}-says` : undefined;
  return (
    <li className="space-y-1.5 px-2.5 py-2">
      <div className="grid grid-cols-[minmax(0,1fr)_2rem] items-center gap-2 sm:grid-cols-[minmax(0,1fr)_12rem_2rem]">
        <label htmlFor={id} className="min-w-0" title={given?.setting?.meaning}>
          <code className="font-mono text-xs break-all">{name}</code> {given?.setting === null && <Badge tone="warning">not known</Badge>}
        </label>
        <div className="order-last col-span-2 sm:order-none sm:col-span-1">
          <SettingControl
            id={id}
            value={value}
            setting={given?.setting ?? null}
            invalid={invalid}
            describedBy={described}
            onChange={onChange}
          />
        </div>
        <button
          type="button"
          aria-label={`Remove ${name}`}
          onClick={onRemove}
          className="inline-flex size-8 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      </div>
      {described !== undefined && (
        <div id={described} className="space-y-1.5">
          <FindingLines findings={findings} onFix={onFix} />
          {refusal !== undefined && findings.length === 0 && <p className="text-xs text-danger-ink">{refusal}</p>}
        </div>
      )}
    </li>
  );
}
