import { hiddenIn } from "@/lib/kernel/hidden";
import { editDistance } from "../edit-distance";
import { type Finding, removeFix, setFix } from "../finding";
import { hostNameIn, isHostName } from "../host-name";
import { isFalse, isProtectedRef, isTrue, type UncheckedInput } from "../input";
import { lookUp, type Setting } from "../table";
import { error, type Rule } from "./rule";

/** Each value by itself: that it is a text, and one that its key can have. Never repeats a protected value. */
export const valueRules: Rule = ({ input }) => [
  ...Object.entries(input.settings).flatMap(([key, value]) => judgePlain(key, value)),
  ...judgeProtected(input),
];

function judgePlain(key: string, value: unknown): Finding[] {
  if (typeof value !== "string") return [notText(key, value)];
  const found = lookUp(key);
  const setting = found.status === "known" ? found.setting : null;
  if (setting?.protected === true) return [];
  if (value.trim() === "" && setting?.kind !== "label-value")
    return [{ ...error("empty-value", key, `${key} has no value.`, "Give it one, or remove it."), fix: removeFix("settings", key) }];
  if (isPlaceholder(value))
    return [error("placeholder", key, `${key} is still a placeholder: ${short(value)}.`, "Write the value itself.")];
  if (value !== value.trim())
    return [{ ...error("spaces", key, `${key} has spaces around its value.`, "Remove them."), fix: setFix(key, value.trim()) }];
  if (/\p{Cc}/u.test(value))
    return [error("control-character", key, `${key} holds a line end or another control character.`, "Write it on one line.")];
  const unseen = hiddenIn(value);
  if (unseen !== null)
    return [
      error(
        "hidden-character",
        key,
        `${key} holds a character that is not seen (${unseen}): its value is not what it looks like.`,
        "Type the value anew instead of pasting it.",
      ),
    ];
  return setting === null ? [] : ofKind(key, value, setting);
}

/** ARM takes texts alone: `"True"`, never `true`. */
function notText(key: string, value: unknown): Finding {
  const finding = error("not-text", key, `${key} is not a text. Azure takes texts alone, also for true and false.`, "Put it in quotes.");
  if (typeof value === "boolean") return { ...finding, fix: setFix(key, value ? "True" : "False") };
  return typeof value === "number" ? { ...finding, fix: setFix(key, String(value)) } : finding;
}

/** A value that was meant to be replaced: `<name>`, `$NAME`, `${NAME}`, `$(command)`, `%NAME%`, `{{name}}`. */
export function isPlaceholder(value: string): boolean {
  return /<[^<>]*>|\$\(|\$\{|^\$\w+$|^\$env:|^%\w+%$|\{\{|^\{[^{}]*\}$/i.test(value.trim());
}

function ofKind(key: string, value: string, setting: Setting): Finding[] {
  switch (setting.kind) {
    case "flag":
      return isTrue(value) || isFalse(value) ? [] : [wrongFlag(key, value)];
    case "choice":
      return wrongChoice(key, value, setting.choices ?? []);
    case "fqdn":
      return wrongHost(key, value);
    case "secret-name":
      return wrongSecretName(key, value);
    case "label-value":
      return wrongLabel(key, value);
    case "quantity":
      return /^\d+(\.\d+)?(Ki|Mi|Gi|Ti|k|M|G|T)?$/.test(value)
        ? []
        : [wrong(key, `${key} is an amount of memory, not ${short(value)}.`, "Write it as Kubernetes does: 512Mi or 2Gi.")];
    case "number":
      return /^[1-9]\d{0,3}$/.test(value)
        ? []
        : [wrong(key, `${key} is a whole number, not ${short(value)}.`, "Write a number such as 4.")];
    case "text":
    case "pem":
    case "secret":
      return [];
  }
}

const wrong = (key: string, message: string, remedy: string): Finding => error("wrong-value", key, message, remedy);
const short = (value: string): string => (value.length > 60 ? `${value.slice(0, 60)}…` : value);

function wrongFlag(key: string, value: string): Finding {
  const finding = wrong(key, `${key} is True or False, not ${short(value)}.`, "Write True or False.");
  const meant = flagIn(value);
  return meant === null ? finding : { ...finding, fix: setFix(key, meant) };
}

function flagIn(value: string): "True" | "False" | null {
  const word = value.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (["1", "yes", "y", "on", "t"].includes(word) || editDistance(word, "true", 1) <= 1) return "True";
  if (["0", "no", "n", "off", "f"].includes(word) || editDistance(word, "false", 1) <= 1) return "False";
  return null;
}

function wrongChoice(key: string, value: string, choices: readonly string[]): Finding[] {
  if (choices.some((one) => one.toLowerCase() === value.toLowerCase())) return [];
  const finding = wrong(key, `${key} cannot be ${short(value)}.`, `It is ${choices.join(" or ")}.`);
  const letters = value.toLowerCase().replace(/[^a-z]/g, "");
  const near = choices.filter((one) => editDistance(letters, one.toLowerCase(), 2) <= 2);
  return [near.length === 1 ? { ...finding, fix: setFix(key, near[0]!) } : finding];
}

function wrongHost(key: string, value: string): Finding[] {
  if (isHostName(value)) return [];
  const host = hostNameIn(value);
  const message = value.startsWith("*.")
    ? `${key} is the one name that callers use, and not a wildcard.`
    : `${key} is a full host name such as ml.contoso.com, not ${short(value)}.`;
  const finding = wrong(key, message, "Write the host name alone: no https://, port or path.");
  return [host === null ? finding : { ...finding, fix: setFix(key, host) }];
}

const secretName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

function wrongSecretName(key: string, value: string): Finding[] {
  if (secretName.test(value)) return [];
  const finding = wrong(
    key,
    `${short(value)} cannot be the name of a Kubernetes secret.`,
    "Write the name of a secret in the namespace azureml: lower-case letters, digits, hyphens and dots.",
  );
  const name = value.replace(/^azureml\//i, "").toLowerCase();
  return [secretName.test(name) ? { ...finding, fix: setFix(key, name) } : finding];
}

function wrongLabel(key: string, value: string): Finding[] {
  if (/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/.test(value)) return [];
  return [
    wrong(
      key,
      `${short(value)} cannot be the value of a Kubernetes label or taint.`,
      "Use letters, digits, hyphens, underscores and dots, 63 at most.",
    ),
  ];
}

function judgeProtected(input: UncheckedInput): Finding[] {
  return Object.entries(input.protected).flatMap(([key, value]) => {
    const found = lookUp(key);
    if (isProtectedRef(value) || (found.status === "known" && !found.setting.protected)) return [];
    if (found.status === "known" && found.setting.kind === "pem")
      return [
        error(
          "not-uploaded",
          key,
          `${key} names a file on your own computer, which Bindery cannot read.`,
          "With HTTPS, upload it with its other half below the settings, or name an existing secret as sslSecret. With allowInsecureConnections=True, remove it.",
        ),
      ];
    return [error("not-sealed", key, `${key} is not sealed yet.`, "Enter it in its own field.")];
  });
}
