import { isHighlyAvailable, isTrue } from "../arm/extension-rules";
import type { KubeObject } from "../state/kubernetes-shapes";
import { guidOf } from "../tenant/ids";
import { pod } from "./pods";

/** One pod of the extension: `app` is the part of its name that tells what it is, `job` one that ends. Requests in milli processors. */
export type Workload = { app: string; name: string; milliCpu: number; memoryMi: number; job?: boolean };

/**
 * The pods that the settings ask for, in the order in which they are scheduled. What there is, is listed in azure-ai-docs,
 * how-to-deploy-kubernetes-extension.md; names of the version of 2024 and later. Requests add up to those of reference-kubernetes.md:
 * 410m for training alone, 1910m for both in a test, some 3730m for both in production.
 */
export function workloads(extension: string, settings: Record<string, string>): Workload[] {
  const of = (app: string, milliCpu: number, more: { copies?: number; job?: boolean; named?: string } = {}): Workload[] =>
    Array.from({ length: more.copies ?? 1 }, (_, index) => ({
      app,
      name: more.named ?? `${app}-${hash(`${extension}/${app}`, 10)}-${hash(`${extension}/${app}/${index}`, 5)}`,
      milliCpu,
      memoryMi: Math.round(milliCpu * 1.5),
      ...(more.job === true ? { job: true } : {}),
    }));
  const prometheus = settings.installPromOp === undefined || isTrue(settings.installPromOp);
  const volcano = settings.installVolcano === undefined || isTrue(settings.installVolcano);
  const router = settings.clusterPurpose === "DevTest" ? 600 : 800;
  return [
    ...of("gateway", 50),
    ...of("metrics-controller-manager", 30),
    ...of(`${extension}-kube-state-metrics`, 10),
    ...(prometheus
      ? [...of(`${extension}-prometheus-operator`, 30), ...of("prometheus-prom-prometheus", 40, { named: "prometheus-prom-prometheus-0" })]
      : []),
    ...(isTrue(settings.enableTraining)
      ? [
          ...of("aml-operator", 100),
          ...(volcano
            ? [
                ...of("volcano-admission-init", 10, { job: true }),
                ...of("volcano-admission", 50),
                ...of("volcano-controllers", 50),
                ...of("volcano-scheduler", 50),
              ]
            : []),
        ]
      : []),
    ...(isTrue(settings.enableInference)
      ? [
          ...of("amlarc-identity-controller", 200),
          ...of("amlarc-identity-proxy", 200),
          ...of("azureml-fe-v2", router, { copies: isHighlyAvailable(settings) ? 3 : 1 }),
          ...of("azureml-ingress-nginx-controller", 200),
          ...of("inference-operator-controller-manager", 300),
        ]
      : []),
    ...(isTrue(settings.installDcgmExporter) ? of(`${extension}-dcgm-exporter`, 20) : []),
    ...(isTrue(settings.installNvidiaDevicePlugin) ? of("nvidia-device-plugin-daemonset", 20) : []),
  ];
}

/** The pod of a workload on a node, before it runs. */
export function podOf(workload: Workload, node?: string): KubeObject {
  return pod("azureml", workload.name, workload.app, node, { cpu: `${workload.milliCpu}m`, memory: `${workload.memoryMi}Mi` });
}

/** The pod of the check before an installation; each attempt has another name. */
export function healthcheckPod(extension: string, attempt: string, node?: string): KubeObject {
  return pod("azureml", `healthcheck-${hash(`${extension}/${attempt}`, 5)}`, "healthcheck", node);
}

function hash(text: string, length: number): string {
  return guidOf(text).replaceAll("-", "").slice(0, length);
}
