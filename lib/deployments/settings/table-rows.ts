import type { Feature, Kind, Setting } from "./table";

/**
 * Every setting with a key of its own: what the documentation of the extension lists, what the az CLI reads or adds, and what the
 * troubleshooting guides name. Defaults are those of the documentation.
 */
export const knownSettings: readonly Setting[] = [
  flag("enableTraining", "False", "training", "Runs training jobs and batch endpoints on the cluster."),
  flag("enableInference", "False", "inference", "Runs online endpoints on the cluster."),
  choice(
    "inferenceRouterServiceType",
    ["loadBalancer", "nodePort", "clusterIP"],
    "inference",
    "How callers reach the inference router: a load balancer, a port of each node, or an address inside the cluster.",
  ),
  choice("internalLoadBalancerProvider", ["azure"], "inference", "Keeps the load balancer on a private address of the virtual network."),
  flag("inferenceRouterHA", "True", "inference", "Runs three routers, each on a node of its own, in place of one."),
  choice(
    "clusterPurpose",
    ["DevTest", "FastProd"],
    "inference",
    "Sizes the extension's own services for tests or for production.",
    "FastProd",
  ),
  flag("allowInsecureConnections", "False", "tls", "Serves endpoints over plain HTTP, without encryption."),
  one("sslSecret", "secret-name", "tls", "Secret in the namespace azureml that holds the certificate (cert.pem) and its key (key.pem)."),
  one("sslCname", "fqdn", "tls", "Name by which callers reach the endpoints; the certificate must be for it."),
  kept("sslCertPemFile", "pem", "tls", "Certificate of the endpoints with its chain, PEM."),
  kept("sslKeyPemFile", "pem", "tls", "Private key of that certificate, PEM, without a passphrase."),
  flag("installNvidiaDevicePlugin", "False", "gpu", "Installs NVIDIA's device plugin, which GPU workloads need."),
  flag("installDcgmExporter", "False", "gpu", "Installs the exporter of GPU metrics."),
  flag("installPromOp", "True", "monitoring", "Installs a Prometheus operator, for clusters that have none."),
  flag("installVolcano", "True", "scheduling", "Installs the Volcano job scheduler, for clusters that have none."),
  one(
    "volcanoScheduler.schedulerConfigMap",
    "text",
    "scheduling",
    "Config map with a configuration of your own for the Volcano scheduler.",
  ),
  flag("amloperator.skipResourceValidation", null, "scheduling", "Lets jobs wait for nodes that the cluster autoscaler has yet to add."),
  flag("amloperator.custom_ip_interface_enabled", null, "training", "Lets MPI jobs use a network interface other than eth0."),
  one("amloperator.custom_ip_interface", "text", "training", "Network interface of MPI jobs."),
  flag("nginxIngress.enabled", "true", "ingress", "Installs the ingress controller that Azure calls the extension by.", true),
  one("nginxIngress.controller", "text", "ingress", "Class of that ingress controller.", "k8s.io/ingress-nginx"),
  one("nginxIngress.controllerConfig.worker-processes", "number", "ingress", "Worker processes of that ingress controller."),
  one("nginxIngress.resources.controller.limits.memory", "quantity", "ingress", "Memory limit of that ingress controller."),
  flag("enable_https", "true", "cluster", "Encrypts traffic between the extension's own services."),
  flag("scoringFe.enableUpgrade", null, "inference", "Lets the inference router be upgraded with the extension."),
  flag("isAKSMigration", "false", "migration", "Takes over endpoints of a cluster that was attached the old way (version 1)."),
  added("scoringFe.namespace", "migration", "Namespace of the inference router during such a migration."),
  flag("logAnalyticsWS", "false", "logs", "Sends the extension's logs to a Log Analytics workspace."),
  flag("azure_log_analytics.enabled", null, "logs", "Says that a Log Analytics workspace is named."),
  one("azure_log_analytics.customer_id", "text", "logs", "Id of the Log Analytics workspace."),
  kept("azure_log_analytics.connection_string", "secret", "logs", "Key of the Log Analytics workspace."),
  added("cluster_name", "cluster", "ARM id of the cluster."),
  added("clusterId", "cluster", "ARM id of the cluster."),
  added("prometheus.prometheusSpec.externalLabels.cluster_name", "cluster", "ARM id of the cluster, as a label of its metrics."),
  added("cluster_name_friendly", "cluster", "Name of the cluster."),
  added("location", "cluster", "Azure region of the cluster."),
  added("jobSchedulerLocation", "cluster", "Azure region whose scheduler sends jobs to the cluster."),
];

function flag(key: string, fallback: string | null, feature: Feature, meaning: string, derived = false): Setting {
  return { key, kind: "flag", fallback, feature, meaning, protected: false, ...(derived ? { derived } : {}) };
}

function choice(key: string, choices: readonly string[], feature: Feature, meaning: string, fallback: string | null = null): Setting {
  return { key, kind: "choice", choices, fallback, feature, meaning, protected: false };
}

function one(key: string, kind: Kind, feature: Feature, meaning: string, fallback: string | null = null): Setting {
  return { key, kind, fallback, feature, meaning, protected: false };
}

function kept(key: string, kind: Kind, feature: Feature, meaning: string): Setting {
  return { key, kind, fallback: null, feature, meaning, protected: true };
}

function added(key: string, feature: Feature, meaning: string): Setting {
  return { key, kind: "text", fallback: null, feature, meaning, protected: false, derived: true };
}
