import { z } from "zod";
import { ClusterId, IsoTime, readable } from "@/lib/kernel/shapes";
import { ExtensionInputShape, WorkspaceId } from "../preflight/schema";
import { pasteLimit } from "../settings/paste";

const Place = z.enum(["settings", "protected"]);
const ChangeShape = z.discriminatedUnion("do", [
  z.object({ do: z.literal("set"), in: Place, key: z.string(), value: z.string() }),
  z.object({ do: z.literal("remove"), in: Place, key: z.string() }),
  z.object({ do: z.literal("rename"), in: Place, key: z.string(), to: z.string() }),
  z.object({ do: z.literal("move"), from: Place, to: Place, key: z.string() }),
  z.object({ do: z.literal("name"), value: z.string() }),
  z.object({ do: z.literal("auto-upgrade"), value: z.boolean() }),
]);
const FixShape = z.object({ label: z.string(), changes: z.array(ChangeShape) });

/** Something to look at in the settings, and what one click does about it. */
export const FindingShape = z.object({
  rule: z.string(),
  key: z.string(),
  level: z.enum(["error", "warning", "info"]),
  message: z.string(),
  remedy: z.string(),
  fix: FixShape.optional(),
  risk: z.literal("critical").optional(),
});

/** One setting, or a family of them, as the form offers it. */
const SettingShape = z.object({
  key: z.string(),
  kind: z.enum(["flag", "choice", "text", "fqdn", "secret-name", "label-value", "quantity", "number", "pem", "secret"]),
  choices: z.array(z.string()).optional(),
  /** What holds when it is not given; null: nothing. */
  fallback: z.string().nullable(),
  meaning: z.string(),
  /** A secret: its value is kept sealed, and given as a reference. */
  protected: z.boolean(),
});

/** What the form offers before anything is typed. */
export const SettingsAnswer = z.object({
  /** Settings that a person may give by a value, in the order of the form: not those that Bindery derives, nor the certificate's files. */
  settings: z.array(SettingShape),
  presets: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      meaning: z.string(),
      /** What the preset changes, as a fix that is applied to the form. */
      changes: z.array(ChangeShape),
      /** Keys that the person has yet to fill in. */
      asks: z.array(z.string()),
    }),
  ),
});

export const PasteBody = z.strictObject({
  text: z
    .string()
    .min(1, "Paste a command first.")
    .max(pasteLimit, `At most ${pasteLimit.toLocaleString("en")} characters are read. Paste the one command alone.`),
});

/** What a pasted command says. Null: it does not say. A protected value that was pasted is kept sealed, and never sent back. */
export const PasteAnswer = z.object({
  name: z.string().nullable(),
  cluster: z.string().nullable(),
  resourceGroup: z.string().nullable(),
  subscription: z.string().nullable(),
  version: z.string().nullable(),
  releaseTrain: z.string().nullable(),
  autoUpgrade: z.boolean().nullable(),
  settings: z.record(z.string(), z.string()),
  /** References of what was kept, for `extension.protected`. They serve their owner alone, for one request. */
  protected: z.record(z.string(), z.object({ ref: z.string() })),
  /** What was mended, left out or is wrong in the text itself. */
  reading: z.array(FindingShape),
  /** What is wrong with the settings, without a cluster to hold them against. */
  findings: z.array(FindingShape),
});

export const LintBody = z.strictObject({
  /** Left out, or not readable by the caller: the settings are judged by themselves. */
  clusterId: ClusterId.optional(),
  extension: ExtensionInputShape.extend({ name: z.string().max(200) }),
});

export const LintAnswer = z.object({
  findings: z.array(FindingShape),
  /** What Bindery will add, as the az CLI does silently. Empty without a readable cluster. */
  derived: z.array(z.object({ key: z.string(), value: z.string(), reason: z.string(), replaces: z.string().optional() })),
  /** How each given key is edited; null: the table does not know it. */
  given: z.array(z.object({ key: z.string(), setting: SettingShape.nullable() })),
  /** Whether the cluster's own facts were held against the settings. */
  clusterRead: z.boolean(),
});

/** PEM texts. The limits leave room for both in one body. */
export const CertificateBody = z.strictObject({
  certificate: z
    .string()
    .min(1, "Choose the certificate's PEM file.")
    .max(40_000, "The certificate's file is longer than 40,000 characters."),
  key: z.string().min(1, "Choose the private key's PEM file.").max(16_000, "The private key's file is longer than 16,000 characters."),
});

export const CertificateAnswer = z.object({
  /** References for `extension.protected`. They serve their owner alone, for one request. */
  refs: z.object({ sslCertPemFile: z.object({ ref: z.string() }), sslKeyPemFile: z.object({ ref: z.string() }) }),
  certificate: z.object({
    subject: z.string(),
    issuer: z.string(),
    names: z.array(z.string()),
    notBefore: IsoTime,
    notAfter: IsoTime,
    fingerprint: z.string(),
    keyType: z.string(),
    chainLength: z.number(),
    selfSigned: z.boolean(),
  }),
});

/** Longest value of a protected setting, in characters. */
const valueLimit = 4_000;

/** The value of one protected setting that is no file. */
export const ProtectedValueBody = z.strictObject({
  key: z.string().trim().min(1, "Name the setting.").max(200, "A key has at most 200 characters."),
  value: z
    .string()
    .min(1, "Enter the value.")
    .max(valueLimit, `A value has at most ${valueLimit.toLocaleString("en")} characters.`)
    .refine((value) => !/\p{Cc}/u.test(value), "The value holds a line end or another control character."),
});

export const ProtectedValueAnswer = z.object({
  /** For `extension.protected`, under its key. It serves its owner alone, for one request. */
  ref: z.string(),
});

export const AttachedQuery = z.strictObject({ clusterId: ClusterId, workspaceId: WorkspaceId });

/** Computes by which a workspace knows a cluster. */
export const AttachedAnswer = z.object({
  computes: readable(z.array(z.object({ name: z.string(), namespace: z.string().nullable(), provisioningState: z.string() }))),
});
