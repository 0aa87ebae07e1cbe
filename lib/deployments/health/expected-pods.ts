import { isFalse, isTrue } from "../settings/input";

/** Pods of one kind that the settings ask for, in the namespace `azureml`. */
export type ExpectedPods = {
  /** What it is: `azureml-fe-v2`. */
  app: string;
  /** How the names of its pods begin, lower case. */
  prefix: string;
  /** How many there are at least. */
  count: number;
  /** True for the pod of a job: it ends, and may be gone afterwards. */
  job?: true;
  /** One sentence: why it is there. */
  why: string;
};

/**
 * The pods of the extension for its settings as they are in effect, derived ones included. By the beginning of their names, which changed
 * across versions less than the rest (azure-ai-docs, how-to-deploy-kubernetes-extension.md, "extension components"). What only some
 * versions or clusters have (fluent-bit, relayserver, cluster-status-reporter) is not expected.
 */
export function expectedPods(extensionName: string, settings: Readonly<Record<string, string>>): ExpectedPods[] {
  const name = extensionName.toLowerCase();
  const on = (key: string): boolean => isTrue(settings[key]);
  const unlessOff = (key: string): boolean => !isFalse(settings[key]);
  return [
    ...always(name),
    ...(unlessOff("installPromOp") ? prometheus(name) : []),
    ...(on("enableTraining") ? training(unlessOff("installVolcano")) : []),
    ...(on("enableInference") ? inference(unlessOff("inferenceRouterHA"), unlessOff("nginxIngress.enabled")) : []),
    ...(on("installDcgmExporter") ? [onGpuNodes(`${name}-dcgm-exporter`, "installDcgmExporter")] : []),
    ...(on("installNvidiaDevicePlugin") ? [onGpuNodes("nvidia-device-plugin-daemonset", "installNvidiaDevicePlugin")] : []),
  ];
}

function always(name: string): ExpectedPods[] {
  return [
    one("gateway", "Every installation has it: it takes Azure's calls."),
    { ...one("healthcheck", "Checks the cluster before an installation or an update, and ends."), job: true },
    one("metrics-controller-manager", "Every installation has it: it reports metrics to Azure."),
    one(`${name}-kube-state-metrics`, "Every installation has it: it reports the state of objects."),
  ];
}

function prometheus(name: string): ExpectedPods[] {
  const why = "installPromOp is not False.";
  return [one(`${name}-prometheus-operator`, why), one("prometheus-prom-prometheus", why)];
}

function training(volcano: boolean): ExpectedPods[] {
  const why = "Training is on, and installVolcano is not False.";
  return [
    one("aml-operator", "Training is on: it runs the jobs."),
    ...(volcano
      ? [
          { ...one("volcano-admission-init", why), job: true as const },
          one("volcano-admission", why),
          one("volcano-controllers", why),
          one("volcano-scheduler", why),
        ]
      : []),
  ];
}

function inference(highlyAvailable: boolean, ingress: boolean): ExpectedPods[] {
  const routers = highlyAvailable
    ? { ...one("azureml-fe-v2", "Inference is on with inferenceRouterHA: three routers, each on a node of its own."), count: 3 }
    : one("azureml-fe-v2", "Inference is on without inferenceRouterHA: one router.");
  return [
    one("amlarc-identity-controller", "Inference is on."),
    one("amlarc-identity-proxy", "Inference is on."),
    routers,
    ...(ingress ? [one("azureml-ingress-nginx-controller", "Inference is on: Azure calls the extension through it.")] : []),
    one("inference-operator-controller-manager", "Inference is on: it runs the online endpoints."),
  ];
}

const one = (app: string, why: string): ExpectedPods => ({ app, prefix: app, count: 1, why });
const onGpuNodes = (app: string, key: string): ExpectedPods => one(app, `${key} is True: one on each GPU node, none without such a node.`);
