import { dropFix, type Finding, setFix } from "../finding";
import { isGiven, isTrue, sameText, valueOf } from "../input";
import { effective, error, info, isOff, type Look, type Rule, warning } from "./rule";

/** What the features need of each other, as the az CLI checks it, and what goes wrong without a word. */
export const featureRules: Rule = (look) => [
  ...somethingEnabled(look),
  ...serviceType(look),
  ...loadBalancer(look),
  ...openEndpoints(look),
  ...companions(look),
];

function somethingEnabled({ inference, training }: Look): Finding[] {
  if (inference || training) return [];
  const message = "Neither training nor inference is asked for, and the extension does nothing without one of them.";
  return [
    {
      ...error("nothing-enabled", "enableTraining", message, "Set enableTraining or enableInference to True."),
      fix: setFix("enableTraining", "True"),
    },
  ];
}

function serviceType({ input, inference }: Look): Finding[] {
  const key = "inferenceRouterServiceType";
  if (!inference || isGiven(input, key)) return [];
  return [
    error(
      "service-type-missing",
      key,
      "Inference needs to know how callers reach its router.",
      `Set ${key} to loadBalancer, nodePort or clusterIP.`,
    ),
  ];
}

function loadBalancer({ input, inference }: Look): Finding[] {
  const key = "internalLoadBalancerProvider";
  const type = valueOf(input, "inferenceRouterServiceType");
  if (!inference || !isGiven(input, key)) return [];
  const fix = dropFix(key);
  if (sameText(type, "nodePort"))
    return [{ ...error("load-balancer-with-node-port", key, `${key} and nodePort exclude each other.`, "Remove one of the two."), fix }];
  if (sameText(type, "clusterIP"))
    return [
      {
        ...warning("load-balancer-with-cluster-ip", key, `${key} has no effect with clusterIP: there is no load balancer.`, "Remove it."),
        fix,
      },
    ];
  return [];
}

/** Plain HTTP: on the internet anybody can read scores, data and keys on their way. */
function openEndpoints({ input, inference, insecure }: Look): Finding[] {
  if (!inference || !insecure) return [];
  const key = "allowInsecureConnections";
  const isPublic =
    sameText(valueOf(input, "inferenceRouterServiceType"), "loadBalancer") &&
    !sameText(valueOf(input, "internalLoadBalancerProvider"), "azure") &&
    !isTrue(valueOf(input, "scoringFe.serviceType.internalLoadBalancer"));
  if (!isPublic)
    return [info("plain-http", key, "Endpoints are served over plain HTTP inside the network.", "Fit for a proof of concept only.")];
  return [
    {
      ...warning(
        "public-http",
        key,
        "Endpoints are open to the internet over plain HTTP: requests, data and keys can be read on their way.",
        "Keep the load balancer inside the network, or use HTTPS.",
      ),
      risk: "critical",
      fix: setFix("internalLoadBalancerProvider", "azure"),
    },
  ];
}

/** Settings that do nothing, or harm, without another. */
function companions(look: Look): Finding[] {
  const { input } = look;
  const map = "volcanoScheduler.schedulerConfigMap";
  const skip = "amloperator.skipResourceValidation";
  const face = "amloperator.custom_ip_interface";
  const faceOn = `${face}_enabled`;
  const found: Finding[] = [];
  if (isGiven(input, map) && !isTrue(valueOf(input, skip)))
    found.push({
      ...warning(
        "needs-skip-validation",
        map,
        `With ${map}, jobs that wait for the autoscaler are refused unless ${skip} is true.`,
        `Set ${skip}=true.`,
      ),
      fix: setFix(skip, "true"),
    });
  if (isGiven(input, map) && isOff(look, "installVolcano"))
    found.push(
      warning(
        "config-map-unused",
        map,
        `${map} is for the scheduler that the extension installs, and installVolcano is False.`,
        "Configure your own scheduler instead.",
      ),
    );
  if (isGiven(input, face) && !isTrue(valueOf(input, faceOn)))
    found.push({
      ...warning("interface-off", face, `${face} is used only when ${faceOn} is True.`, `Set ${faceOn}=True.`),
      fix: setFix(faceOn, "True"),
    });
  if (isTrue(valueOf(input, faceOn)) && !isGiven(input, face))
    found.push({
      ...error("interface-missing", faceOn, "No network interface is named.", `Set ${face}, or remove ${faceOn}.`),
      fix: dropFix(faceOn),
    });
  return [...found, ...logs(look)];
}

/** The az CLI makes a Log Analytics workspace for this; nobody else does. */
function logs(look: Look): Finding[] {
  const key = "logAnalyticsWS";
  const id = "azure_log_analytics.customer_id";
  if (!isTrue(effective(look, key)) || (isGiven(look.input, id) && isGiven(look.input, "azure_log_analytics.connection_string"))) return [];
  return [
    {
      ...error(
        "log-workspace-missing",
        key,
        "The az CLI makes a Log Analytics workspace for this setting; Bindery makes none, and the extension would find none.",
        `Name a workspace of yours as ${id} with its key, or remove ${key}.`,
      ),
      fix: dropFix(key),
    },
  ];
}
