import { type DerivedSetting, derivedSettings } from "../derived";
import type { SettingsFacts } from "../facts";
import type { Finding } from "../finding";
import { isFalse, isGiven, isTrue, type UncheckedInput, valueOf } from "../input";

/** What every rule looks at. */
export type Look = {
  input: UncheckedInput;
  facts: SettingsFacts;
  /** What Bindery will add; empty when the cluster is not known. */
  derived: DerivedSetting[];
  /** Inference is asked for. */
  inference: boolean;
  training: boolean;
  /** Endpoints are asked to be plain HTTP. */
  insecure: boolean;
  /** A secret or a file is given for HTTPS. */
  material: boolean;
};

/** A group of rules. Gives findings in any order; must not depend on the order of the keys. */
export type Rule = (look: Look) => Finding[];

/** Keys that hold what HTTPS needs. */
export const materialKeys = ["sslSecret", "sslCertPemFile", "sslKeyPemFile"] as const;

/** Reads the input once for all rules. */
export function lookAt(input: UncheckedInput, facts: SettingsFacts): Look {
  const says = (key: string): boolean => isTrue(valueOf(input, key));
  return {
    input,
    facts,
    derived: facts.cluster === undefined ? [] : derivedSettings(input, facts.cluster),
    inference: says("enableInference"),
    training: says("enableTraining"),
    insecure: says("allowInsecureConnections"),
    material: materialKeys.some((key) => isGiven(input, key)),
  };
}

/** The text that will hold for a key: the person's own, else what Bindery adds. */
export function effective({ input, derived }: Look, key: string): string | undefined {
  return valueOf(input, key) ?? derived.find((one) => one.key === key)?.value;
}

/** True when a flag will be off. */
export const isOff = (look: Look, key: string): boolean => isFalse(effective(look, key));

/** Something that stops the request. */
export const error = (rule: string, key: string, message: string, remedy: string): Finding => ({
  rule,
  key,
  level: "error",
  message,
  remedy,
});
/** Something that may go wrong. */
export const warning = (rule: string, key: string, message: string, remedy: string): Finding => ({
  rule,
  key,
  level: "warning",
  message,
  remedy,
});
/** Something worth knowing. */
export const info = (rule: string, key: string, message: string, remedy: string): Finding => ({
  rule,
  key,
  level: "info",
  message,
  remedy,
});
