import type { Finding, Fix } from "../finding";
import { error, info, type Look, type Rule, warning } from "./rule";

/** The extension itself: its name, its version and how it is upgraded. */
export const extensionRules: Rule = (look) => [...nameRules(look), ...versionRules(look)];

/** Its name becomes the name of a Helm release, 53 characters at most. */
const wellFormed = /^[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?$/;

function nameRules({ input: { name } }: Look): Finding[] {
  if (name === undefined || wellFormed.test(name)) return [];
  if (name.trim() === "") return [error("name-missing", "name", "The extension has no name.", "Give it one, for example azureml.")];
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 53)
    .replace(/^-+|-+$/g, "");
  const fix: Fix | undefined = wellFormed.test(plain) ? { label: `Name it ${plain}`, changes: [{ do: "name", value: plain }] } : undefined;
  const finding = wellFormed.test(name.toLowerCase())
    ? info(
        "name-case",
        "name",
        `Azure takes ${name}, and it becomes part of the names of pods, which are lower case.`,
        "Use lower-case letters.",
      )
    : error(
        "name-form",
        "name",
        "The name becomes that of a Helm release: letters, digits and hyphens, 53 at most, no hyphen at its ends.",
        "Choose another name, for example azureml.",
      );
  return [fix === undefined ? finding : { ...finding, fix }];
}

function versionRules({ input: { version, autoUpgrade, releaseTrain } }: Look): Finding[] {
  const found: Finding[] = [];
  if (version !== undefined && autoUpgrade !== false)
    found.push({
      ...error(
        "version-with-upgrade",
        "version",
        "Azure takes a version only when automatic upgrade is off.",
        "Switch automatic upgrade off, or name no version.",
      ),
      fix: { label: "Switch automatic upgrade off", changes: [{ do: "auto-upgrade", value: false }] },
    });
  if (version !== undefined)
    found.push(
      warning(
        "version-pinned",
        "version",
        "A named version grows old, and old versions are known to fail to install.",
        "Name none unless Microsoft's support asked for it.",
      ),
    );
  else if (autoUpgrade === false)
    found.push(
      info(
        "never-upgraded",
        "version",
        "Without a version and without automatic upgrade, the newest version is installed and then stays.",
        "Leave automatic upgrade on, unless that is meant.",
      ),
    );
  if (releaseTrain !== undefined && releaseTrain.toLowerCase() !== "stable")
    found.push(
      warning(
        "release-train",
        "release-train",
        "Release trains other than stable carry versions that are not supported for production.",
        "Use stable.",
      ),
    );
  return found;
}
