import type { Finding } from "../finding";

/** What may be said about a paste. Never repeats a word of it but keys, names of options and the plain parts of the command. */
export const notes = {
  tooLong: (limit: number) =>
    error("paste-too-long", "command", `The text is longer than ${limit} characters, and was not read.`, "Paste the one command alone."),
  empty: () =>
    error("paste-empty", "command", "There is no setting in this text.", "Paste an az k8s-extension create command, or key=value pairs."),
  otherCommand: () =>
    error(
      "paste-other-command",
      "command",
      "This is another command than az k8s-extension create.",
      "Paste the one that installs the extension.",
    ),
  noCommand: () =>
    info(
      "paste-no-command",
      "command",
      "There is no az command in the text; its key=value pairs were read.",
      "Check that they are all there.",
    ),
  update: () =>
    info(
      "paste-update",
      "command",
      "The command updates an extension; its settings were read as if it were new.",
      "Add the settings that it leaves as they are.",
    ),
  several: () =>
    warning(
      "paste-several",
      "command",
      "There is more than one such command in the text; the first was read.",
      "Paste the others one by one.",
    ),
  typographic: () => info("paste-typographic", "command", "Curly quotes or odd spaces were replaced by plain ones.", "Nothing to do."),
  dashes: (names: string[]) =>
    info(
      "paste-dashes",
      "command",
      `Written with other dashes or letters than the az CLI takes: ${names.join(", ")}.`,
      "Nothing to do here; the az CLI would refuse it.",
    ),
  unclosed: () => warning("paste-unclosed-quote", "command", "A quotation mark is not closed.", "Check the values."),
  privateKey: () =>
    error(
      "paste-secret",
      "command",
      "A certificate or key stood in the text and was left out.",
      "Upload it in its own field. A private key that was pasted elsewhere counts as known.",
    ),
  strays: (count: number) =>
    warning(
      "paste-strays",
      "command",
      `${count} ${count === 1 ? "word was" : "words were"} not understood and left out.`,
      "Check that nothing is missing.",
    ),
  unknownOption: (name: string) =>
    warning("paste-unknown-option", "command", `${name} is not an option of this command.`, "Check its name."),
  file: (name: string) =>
    error(
      "paste-file",
      "command",
      `${name} names a file on your own computer, which Bindery cannot read.`,
      "Paste the settings in it as key=value pairs.",
    ),
  noValue: (name: string) => warning("paste-no-value", "command", `${name} has no value.`, "Enter it in the form."),
  placeholder: (field: string) =>
    warning("paste-placeholder", field, `The ${field} is a placeholder or a variable.`, "Enter it in the form."),
  extensionType: () =>
    error(
      "paste-extension-type",
      "command",
      "The command installs another extension than Microsoft.AzureML.Kubernetes.",
      "Paste the one for Azure Machine Learning.",
    ),
  arc: () =>
    error(
      "paste-arc",
      "command",
      "The command is for a cluster connected through Azure Arc, or another that is not AKS.",
      "Use --cluster-type managedClusters.",
    ),
  scope: () =>
    error("paste-scope", "command", "This extension is installed for the whole cluster, never for one namespace.", "Use --scope cluster."),
  namespace: () =>
    info("paste-namespace", "command", "The extension always lives in the namespace azureml, whatever is asked.", "Nothing to do."),
  autoUpgrade: () => warning("paste-auto-upgrade", "command", "Automatic upgrade is true or false.", "Choose it in the form."),
  reattached: (key: string) =>
    warning("paste-reattached", key, `${key} stood outside --config and was read as a setting.`, "Check that it was meant so."),
  moved: (key: string) =>
    warning(
      "paste-moved",
      key,
      `${key} stood among the plain settings and was put among the protected ones.`,
      "Count the value as known where the command was kept.",
    ),
  twice: (key: string) =>
    warning("paste-twice", key, `${key} is given more than once; the last value counts, as with the az CLI.`, "Check the value."),
} satisfies Record<string, (...args: never[]) => Finding>;

function error(rule: string, key: string, message: string, remedy: string): Finding {
  return { rule, key, level: "error", message, remedy };
}

function warning(rule: string, key: string, message: string, remedy: string): Finding {
  return { rule, key, level: "warning", message, remedy };
}

function info(rule: string, key: string, message: string, remedy: string): Finding {
  return { rule, key, level: "info", message, remedy };
}
