import { type Finding, setFix } from "../finding";
import { isFalse, sameText, valueOf } from "../input";
import { effective, error, type Look, type Rule, warning } from "./rule";

/** What is in the cluster already, and would be installed a second time; or is not there, and would be missed. */
export const conflictRules: Rule = (look) => [...volcano(look), ...prometheus(look), ...ingress(look)];

function volcano(look: Look): Finding[] {
  const key = "installVolcano";
  const found = look.facts.found?.volcano;
  if (found === undefined || !look.training) return [];
  const off = isFalse(valueOf(look.input, key));
  if (found && !off) {
    const message = "Volcano is in the cluster already, and a second one cannot be installed over it.";
    const remedy = `Set ${key} to False. The one that is there has to be version 1.5 or newer, with the task-topology plugin, and its webhook for validating jobs switched off.`;
    return [{ ...error("volcano-there", key, message, remedy), fix: setFix(key, "False") }];
  }
  if (found || !off) return [];
  return [
    {
      ...error("volcano-missing", key, "There is no Volcano in the cluster, and training jobs would wait for ever.", `Set ${key} to True.`),
      fix: setFix(key, "True"),
    },
  ];
}

function prometheus(look: Look): Finding[] {
  const key = "installPromOp";
  const found = look.facts.found?.prometheusOperator;
  if (found === undefined) return [];
  const off = isFalse(valueOf(look.input, key));
  if (found && !off)
    return [
      {
        ...error("prometheus-there", key, "A Prometheus operator is in the cluster already (E45002).", `Set ${key} to False to use it.`),
        fix: setFix(key, "False"),
      },
    ];
  if (found || !off) return [];
  return [
    {
      ...error(
        "prometheus-missing",
        key,
        "There is no Prometheus operator in the cluster, and the extension needs one.",
        `Set ${key} to True.`,
      ),
      fix: setFix(key, "True"),
    },
  ];
}

/** Two ingress controllers of one class answer for each other. */
function ingress(look: Look): Finding[] {
  const key = "nginxIngress.controller";
  const isOwnClass = !sameText(effective(look, key) ?? "k8s.io/ingress-nginx", "k8s.io/ingress-nginx");
  if (look.facts.found?.ingressNginx !== true || isOwnClass || isFalse(effective(look, "nginxIngress.enabled"))) return [];
  return [
    {
      ...warning(
        "ingress-there",
        key,
        "An ingress-nginx controller of the same class is in the cluster already, and the installation may fail.",
        `Give the extension's own a class of its own: ${key}.`,
      ),
      fix: setFix(key, "k8s.io/amlarc-ingress-nginx"),
    },
  ];
}
