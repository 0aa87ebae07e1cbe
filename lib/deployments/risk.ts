import { highest, type RiskLevel, type RiskReason, riskOf } from "@/lib/roles/risk";
import { roleNameOf } from "@/lib/roles/rules";
import { azureMlExtension } from "./preflight/checks/extension";
import type { DeploymentFacts } from "./preflight/facts";
import { type DeploymentInput, defaultRole } from "./preflight/input";
import { isTrue, sameText, type UncheckedInput, valueOf } from "./settings/input";
import { lintSettings } from "./settings/lint";

/**
 * How risky a deployment is, with every reason, the worst first. Two judgements:
 * - Endpoints that anybody on the internet reaches over plain HTTP are critical on every cluster, a test one too.
 * - Installing the extension is critical: its operators get rights in the whole cluster, and Microsoft alone decides which. There is no
 *   level between medium and critical (`lib/roles/risk`).
 */
export function deploymentRisk(input: DeploymentInput, facts: DeploymentFacts): { level: RiskLevel; reasons: RiskReason[] } {
  const settings = settingsOf(input, facts);
  const found = [
    ...ofEndpoints(settings),
    ...ofInstallation(input),
    ...ofBinding(input, facts),
    ...ofWorkloads(input, settings),
    ...ofNewWorkspace(input),
  ];
  const reasons = [...found.filter(({ level }) => level === "critical"), ...found.filter(({ level }) => level !== "critical")];
  return { level: highest(reasons.map(({ level }) => level)), reasons };
}

/** The settings that will hold: those asked for, or those of the extension that is there. */
function settingsOf({ extension }: DeploymentInput, { extensions }: DeploymentFacts): UncheckedInput | null {
  if (extension !== "present") return extension;
  const there = extensions.state === "ok" ? azureMlExtension(extensions.value) : null;
  return there === null ? null : { settings: there.settings, protected: {} };
}

function ofEndpoints(settings: UncheckedInput | null): RiskReason[] {
  if (settings === null)
    return [
      {
        level: "critical",
        code: "settings-unread",
        text: "The settings of the extension that is there cannot be read: its endpoints may be open to the internet.",
      },
    ];
  if (lintSettings(settings).some(({ risk }) => risk === "critical"))
    return [
      {
        level: "critical",
        code: "public-http",
        text: "Endpoints get a public address and serve plain HTTP: anybody on the way reads requests, data and keys, and anybody on the internet may call.",
      },
    ];
  if (!isTrue(valueOf(settings, "enableInference"))) return [];
  const isPublic =
    sameText(valueOf(settings, "inferenceRouterServiceType"), "loadBalancer") &&
    !sameText(valueOf(settings, "internalLoadBalancerProvider"), "azure") &&
    !isTrue(valueOf(settings, "scoringFe.serviceType.internalLoadBalancer"));
  if (!isPublic) return [];
  return [
    { level: "medium", code: "public-https", text: "Endpoints get a public address. They are encrypted, and their keys alone guard them." },
  ];
}

function ofInstallation({ extension }: DeploymentInput): RiskReason[] {
  if (extension === "present") return [];
  return [
    {
      level: "critical",
      code: "extension-install",
      text: "Installs operators of Microsoft's with rights in the whole cluster: they bring cluster roles, definitions and a webhook along, and are upgraded by Microsoft.",
    },
  ];
}

/** The role binding, whoever makes it. Rules that nobody could read are not empty. */
function ofBinding({ binding }: DeploymentInput, { roleRules }: DeploymentFacts): RiskReason[] {
  const name = roleNameOf(binding === "made-by-attach" ? defaultRole : binding.role);
  if (roleRules.state !== "ok")
    return [{ level: "critical", code: "role-unread", text: `What the trusted access role ${name} allows cannot be read.` }];
  return riskOf(roleRules.value).reasons.map(({ level, code, text }) => ({ level, code, text: `The role ${name}: ${text}` }));
}

/** An attach lets the workspace's people run code in the cluster. */
function ofWorkloads({ compute }: DeploymentInput, settings: UncheckedInput | null): RiskReason[] {
  if (settings !== null && !isTrue(valueOf(settings, "enableTraining")) && !isTrue(valueOf(settings, "enableInference"))) return [];
  return [
    {
      level: "medium",
      code: "workspace-runs-code",
      text: `Whoever may submit jobs or make endpoints in the workspace runs code of their own in the namespace ${compute.namespace}.`,
    },
  ];
}

function ofNewWorkspace({ workspace }: DeploymentInput): RiskReason[] {
  if (workspace.use === "existing") return [];
  return [
    {
      level: "low",
      code: "new-workspace",
      text: `Makes the workspace ${workspace.name} with storage and a key vault of its own, which cost money until they are deleted.`,
    },
  ];
}
