"use client";
import { Fold } from "@/components/ui/fold";
import { AddSetting } from "./add-setting";
import { isOfCertificate } from "../link";
import { type ExtensionDraft, notEntered } from "./draft";
import { FindingLines } from "./finding-lines";
import type { FindingView, LintView, SettingView } from "./queries";
import { ProtectedControl } from "./protected-control";
import { SettingControl } from "./setting-control";
import { SettingRow } from "./setting-row";

type Props = {
  extension: ExtensionDraft;
  onChange: (settings: Record<string, string>) => void;
  onProtected: (kept: ExtensionDraft["protected"]) => void;
  onFix: (fix: NonNullable<FindingView["fix"]>) => void;
  lint: LintView | undefined;
  offered: SettingView[];
  /** What a refusal of the server says about `settings.KEY` or `protected.KEY`. */
  refusal: (path: string) => string | undefined;
};

/** The settings, each with the control that fits it and what was found about it, the protected ones last; then what belongs to none of them. */
export function SettingsTable({ extension, onChange, onProtected, onFix, lint, offered, refusal }: Props) {
  const keys = Object.keys(extension.settings);
  const secrets = Object.keys(extension.protected).filter((key) => !isOfCertificate(key));
  const others = (lint?.findings ?? []).filter(({ key }) => !keys.includes(key) && !secrets.includes(key));
  const replace = (change: (entries: [string, string][]) => [string, string][]): void =>
    onChange(Object.fromEntries(change(Object.entries(extension.settings))));
  const keep = (key: string, ref: string | null): void =>
    onProtected({ ...extension.protected, [key]: ref === null ? notEntered : { ref } });
  const add = (key: string, value: string): void =>
    offered.some((one) => one.key === key && one.protected) ? keep(key, null) : replace((entries) => [...entries, [key, value]]);
  const about = (key: string) => ({ findings: (lint?.findings ?? []).filter((one) => one.key === key), onFix });
  return (
    <div className="space-y-3">
      {keys.length + secrets.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line">
          {keys.map((key) => {
            const given = lint?.given.find((one) => one.key === key);
            return (
              <SettingRow
                key={key}
                name={key}
                meaning={given?.setting?.meaning}
                isKnown={given?.setting !== null}
                {...about(key)}
                refusal={refusal(`settings.${key}`)}
                onRemove={() => replace((entries) => entries.filter(([one]) => one !== key))}
              >
                {(control) => (
                  <SettingControl
                    {...control}
                    value={extension.settings[key] ?? ""}
                    setting={given?.setting ?? null}
                    onChange={(value) => replace((entries) => entries.map(([one, old]) => [one, one === key ? value : old]))}
                  />
                )}
              </SettingRow>
            );
          })}
          {secrets.map((key) => {
            const setting = offered.find((one) => one.key === key);
            return (
              <SettingRow
                key={`protected ${key}`}
                name={key}
                meaning={setting?.meaning}
                isKnown={setting !== undefined}
                {...about(key)}
                refusal={refusal(`protected.${key}`)}
                onRemove={() => onProtected(Object.fromEntries(Object.entries(extension.protected).filter(([one]) => one !== key)))}
              >
                {(control) => (
                  <ProtectedControl
                    {...control}
                    name={key}
                    isKept={extension.protected[key]?.ref !== notEntered.ref}
                    onRef={(ref) => keep(key, ref)}
                  />
                )}
              </SettingRow>
            );
          })}
        </ul>
      )}
      <FindingLines findings={others} onFix={onFix} />
      <AddSetting offered={offered} given={[...keys, ...secrets]} onAdd={add} />
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
