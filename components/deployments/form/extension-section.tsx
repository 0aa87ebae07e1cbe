"use client";
import { applyFix } from "@/lib/deployments/settings/finding";
import { Button } from "@/components/ui/button";
import Link from "next/link";
import { removeExtensionPath } from "../link";
import { Choice, describedBy, FieldGroup } from "@/components/ui/field";
import { Section } from "@/components/ui/section";
import type { FieldTexts } from "@/components/requests/form/field-checks";
import { certificateKeys, isOfCertificate } from "../link";
import { CertificateField } from "./certificate-field";
import { type DeployDraft, type ExtensionDraft, notEntered } from "./draft";
import { PasteBox } from "./paste-box";
import { type FindingView, type PasteView, type SettingsOffer, useLint, useSettingsOffer } from "./queries";
import { SettingsTable } from "./settings-table";
import { TextField } from "./text-field";

type Fix = NonNullable<FindingView["fix"]>;
type Props = { draft: DeployDraft; change: (part: Partial<DeployDraft>) => void; texts: (field: string) => FieldTexts };

/** What is installed: by a pasted command, a preset or by hand; or the extension that is there. */
export function ExtensionSection({ draft, change, texts }: Props) {
  const { extension, installs } = draft;
  const offer = useSettingsOffer();
  const lint = useLint(draft.clusterId, extension);
  const isOn = Object.keys(extension.settings).length > 0;
  const answer = isOn ? lint.data : undefined;
  const set = (part: Partial<ExtensionDraft>): void => change({ extension: { ...extension, ...part } });
  const fix = (one: Fix): void => change({ extension: fixed(extension, one) });
  const nameFindings = (answer?.findings ?? []).filter(({ key }) => key === "name");
  const there = texts("extension");
  return (
    <Section title="The extension">
      <div className="space-y-4">
        <FieldGroup id="extension" label="On the cluster" error={there.error}>
          {/delete it/i.test(there.error ?? "") && (
            <p className="text-xs">
              <Link href={removeExtensionPath(draft.clusterId)} className="text-brand-ink hover:underline">
                Take the extension down
              </Link>{" "}
              by a request of its own.
            </p>
          )}
          <div className="flex flex-wrap gap-x-5">
            <Choice type="radio" name="installs" checked={installs} onChange={() => change({ installs: true })} label="Install it" />
            <Choice
              type="radio"
              name="installs"
              checked={!installs}
              onChange={() => change({ installs: false })}
              label="Use the one that is there"
            />
          </div>
        </FieldGroup>
        {installs && (
          <>
            <PasteBox onRead={(paste, clusterId) => change(afterPaste(draft, paste, clusterId))} />
            <Purposes extension={extension} set={set} />
            <Presets offer={offer.data} onChoose={(preset) => fix({ label: preset.title, changes: preset.changes })} />
            <TextField
              id="extension.name"
              label="Name of the extension"
              hint="It becomes part of the names of pods: lower case, such as azureml."
              value={extension.name}
              maxLength={60}
              onChange={(name) => set({ name })}
              texts={texts("extension.name")}
            />
            <FieldGroup
              id="extension.settings"
              label="Settings"
              hint="Azure takes every value as a text, and ignores keys that it does not know."
            >
              <SettingsTable
                extension={extension}
                onChange={(settings) => set({ settings })}
                onProtected={(kept) => set({ protected: kept })}
                onFix={fix}
                lint={answer}
                offered={offer.data?.settings ?? []}
                refusal={(path) => texts(`extension.${path}`).error}
              />
            </FieldGroup>
            {needsCertificate(extension) && (
              <CertificateField
                secret={extension.settings.sslSecret ?? ""}
                onSecret={(name) => set({ settings: withSetting(extension.settings, "sslSecret", name) })}
                refs={partOf(extension.protected, isOfCertificate)}
                error={
                  certificateKeys.map((key) => texts(`extension.protected.${key}`).error).find((error) => error !== undefined) ??
                  wrongPair(answer?.findings ?? [])
                }
                onRefs={(refs) =>
                  set({
                    protected: { ...partOf(extension.protected, (key) => !isOfCertificate(key)), ...refs },
                    settings: Object.keys(refs).length > 0 ? withSetting(extension.settings, "sslSecret", "") : extension.settings,
                  })
                }
              />
            )}
            {nameFindings.length === 0 && lint.isError && (
              <p className="text-xs text-warning-ink">The settings could not be judged just now; they are when the request is sent.</p>
            )}
          </>
        )}
      </div>
    </Section>
  );
}

/** What the certificate is wrong in, said beside it as well: its name's own row may be far up. */
function wrongPair(findings: FindingView[]): string | undefined {
  const found = findings.find(({ rule, level }) => level === "error" && ["cname-mismatch", "key-apart", "key-mismatch"].includes(rule));
  return found && `${found.message} ${found.remedy}`;
}

/** Training and inference, the two things that the extension does. */
function Purposes({ extension, set }: { extension: ExtensionDraft; set: (part: Partial<ExtensionDraft>) => void }) {
  const purposes = [
    ["enableTraining", "Training jobs"],
    ["enableInference", "Online endpoints (inference)"],
  ] as const;
  return (
    <FieldGroup id="purposes" label="What for">
      <div className="flex flex-wrap gap-x-5">
        {purposes.map(([key, label]) => (
          <Choice
            key={key}
            label={label}
            checked={extension.settings[key]?.toLowerCase() === "true"}
            onChange={(event) => set({ settings: { ...extension.settings, [key]: event.target.checked ? "True" : "False" } })}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

function Presets({ offer, onChoose }: { offer: SettingsOffer | undefined; onChoose: (preset: SettingsOffer["presets"][number]) => void }) {
  if (offer === undefined) return null;
  return (
    <FieldGroup id="presets" label="Start from a preset">
      <ul className="space-y-2">
        {offer.presets.map((preset) => (
          <li key={preset.id} className="flex items-start gap-x-3 gap-y-1 max-sm:flex-col">
            <Button size="sm" aria-describedby={describedBy(preset.id, { hint: true })} onClick={() => onChoose(preset)}>
              {preset.title}
            </Button>
            <span id={`${preset.id}-hint`} className="min-w-0 text-xs sm:flex-1 text-ink-3">
              {preset.meaning}
            </span>
          </li>
        ))}
      </ul>
    </FieldGroup>
  );
}

/** A fix may bring a key among the protected settings, where only references stand: its text is dropped, and has to be entered or uploaded. */
function fixed(extension: ExtensionDraft, fix: Fix): ExtensionDraft {
  const after = applyFix(extension, fix);
  const keys = Object.keys(after.protected).filter((key) => key in extension.protected || !isOfCertificate(key));
  return { ...after, protected: Object.fromEntries(keys.map((key) => [key, extension.protected[key] ?? notEntered])) };
}

function partOf(refs: ExtensionDraft["protected"], has: (key: string) => boolean): ExtensionDraft["protected"] {
  return Object.fromEntries(Object.entries(refs).filter(([key]) => has(key)));
}

/** What a command says replaces what stood there; what it does not say stays. */
function afterPaste(draft: DeployDraft, paste: PasteView, clusterId: string | null): Partial<DeployDraft> {
  const { name, settings, version, releaseTrain, autoUpgrade } = paste;
  return {
    ...(clusterId === null ? {} : { clusterId }),
    extension: {
      name: name ?? draft.extension.name,
      settings: Object.keys(settings).length > 0 ? settings : draft.extension.settings,
      protected: { ...draft.extension.protected, ...paste.protected },
      ...(version === null ? {} : { version }),
      ...(releaseTrain === null ? {} : { releaseTrain }),
      ...(autoUpgrade === null ? {} : { autoUpgrade }),
    },
  };
}

const isTrue = (value: string | undefined): boolean => value?.toLowerCase() === "true";

function needsCertificate({ settings, protected: kept }: ExtensionDraft): boolean {
  return (isTrue(settings.enableInference) && !isTrue(settings.allowInsecureConnections)) || Object.keys(kept).some(isOfCertificate);
}

function withSetting(settings: Record<string, string>, key: string, value: string): Record<string, string> {
  if (value !== "") return { ...settings, [key]: value };
  return Object.fromEntries(Object.entries(settings).filter(([one]) => one !== key));
}
