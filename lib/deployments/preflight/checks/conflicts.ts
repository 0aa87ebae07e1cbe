import { releaseNamespace } from "../../settings/derived";
import { block, type Check, type Look, notVerified, ok, type PreflightCheck, warn, whyUnread } from "../check";
import { settingsFacts } from "../settings-facts";
import { azureMlExtension } from "./extension";

const legacy = { key: "legacy-router", group: "conflicts", title: "Azure ML version 1", field: "clusterId" } as const;
const own = { key: "namespace-azureml", group: "conflicts", title: "Namespace azureml", field: "clusterId" } as const;
const volcano = { key: "volcano", group: "conflicts", title: "Volcano", field: "extension.settings.installVolcano" } as const;
const prometheus = {
  key: "prometheus",
  group: "conflicts",
  title: "Prometheus operator",
  field: "extension.settings.installPromOp",
} as const;
const ingress = {
  key: "ingress",
  group: "conflicts",
  title: "ingress-nginx",
  field: "extension.settings.nginxIngress.controller",
} as const;

/**
 * What is in the cluster already and would stand in the way of the installation. What the settings decide (a second Volcano, Prometheus
 * operator or ingress controller) is told with the settings; here is said what was looked for and not found.
 */
export const checkConflicts: Check = (look) =>
  look.input.extension === "present" ? [] : [...legacyOf(look), namespaceOf(look), ...foundNothing(look)];

function legacyOf({ facts: { findings } }: Look): PreflightCheck[] {
  if (findings.state !== "ok")
    return [notVerified(legacy, `Whether parts of Azure ML version 1 are in the cluster cannot be read ${whyUnread(findings)}.`)];
  const { legacyRole, legacyRouter } = findings.value;
  if (!legacyRole && !legacyRouter) return [ok(legacy, "Nothing of Azure ML version 1 is in the cluster.")];
  const what = [legacyRole ? "the cluster role azureml-fe-role" : "", legacyRouter ? "the deployment azureml-fe" : ""].filter(Boolean);
  return [
    block(
      legacy,
      `Azure ML version 1 left ${what.join(" and ")} in the cluster (${legacyRole ? "E45004" : "E45005"}).`,
      "Move its services, detach the old compute, then delete what is left of azureml-fe.",
    ),
  ];
}

function namespaceOf({ facts: { namespaces } }: Look): PreflightCheck {
  if (namespaces.state !== "ok") return notVerified(own, `The namespaces cannot be read ${whyUnread(namespaces)}.`);
  const found = namespaces.value.find(({ name }) => name === releaseNamespace);
  if (found?.phase === "Terminating")
    return block(
      own,
      "The namespace azureml of an earlier extension is still being deleted.",
      "Wait until it is gone, some ten minutes. If it stays, something in it has a finalizer that nobody clears.",
    );
  return ok(own, found === undefined ? "It is not there yet." : "It is there and not being deleted.");
}

function foundNothing(look: Look): PreflightCheck[] {
  const { input, facts } = look;
  if (input.extension === "present") return [];
  const { findings } = facts;
  const { found = {} } = settingsFacts(input.extension, facts);
  const say = (about: typeof volcano | typeof prometheus | typeof ingress, is: boolean | undefined): PreflightCheck[] => {
    if (is === false) return [ok(about, "None was found in the cluster.")];
    if (is === true) return [];
    const why = findings.state === "ok" ? "because its definitions are there and its pods cannot be read" : whyUnread(findings);
    return [notVerified(about, `Whether the cluster has one is not known ${why}.`)];
  };
  return [
    ...say(volcano, found.volcano),
    ...leftBehind(look, found.volcano),
    ...say(prometheus, found.prometheusOperator),
    ...say(ingress, found.ingressNginx),
  ];
}

/** Definitions stay when a release goes, with its name on them. Those of an extension or a Volcano that is there are in use. */
function leftBehind({ facts: { findings, extensions } }: Look, volcanoRuns: boolean | undefined): PreflightCheck[] {
  if (findings.state !== "ok" || extensions.state !== "ok" || azureMlExtension(extensions.value) !== null) return [];
  const old = findings.value.definitions.filter(
    (one) => one.endsWith(".amlarc.azureml.com") || (volcanoRuns === false && one.endsWith(".volcano.sh")),
  );
  if (old.length === 0) return [];
  return [
    warn(
      { key: "definitions-left", group: "conflicts", title: "Definitions of an earlier installation", field: "clusterId" },
      `${old.length} definitions of an earlier installation are in the cluster, such as ${old[0]}. Helm takes them over only for a release of the same name.`,
      "Give the extension the name that it had, or delete the definitions; that deletes all objects of their kinds.",
    ),
  ];
}
