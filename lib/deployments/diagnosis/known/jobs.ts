import { setFix } from "../../settings/finding";
import { from } from "./known";

/**
 * Why a job or an online deployment failed. Sources: azure-ai-docs, how-to-troubleshoot-kubernetes-compute.md and
 * how-to-troubleshoot-online-endpoints.md. E45004 of a job has nothing to do with that of the health check.
 */
export const jobCauses = from(
  ["job"],
  [
    {
      id: "training-off",
      codes: ["E45004"],
      phrases: [["cluster does not support job type regularjob"]],
      title: "Training is switched off on this cluster",
      cause: "The extension was installed without training.",
      remedy: "Switch enableTraining on. The extension is updated, not installed again.",
      change: { do: "settings", ...setFix("enableTraining", "True") },
      retry: "after-change",
    },
    {
      id: "proxy-to-self",
      phrases: [
        ["identity-sidecar", "137"],
        ["identity sidecar", "137"],
      ],
      title: "A proxy stands before the job's own sidecar",
      cause: "The job asks its identity sidecar at 127.0.0.1, and the proxy takes the call.",
      remedy: "Add 127.0.0.1 to the addresses that go without the proxy (proxy-skip-range).",
      retry: "after-outside-fix",
    },
    {
      id: "token-service",
      phrases: [["azure ml token service"], ["azureml token service"]],
      title: "The job does not reach Azure ML's token service",
      cause: "The way out of the nodes is closed, or a private link is not set up for them.",
      remedy: "Open the way out to the hosts that the check of the network lists.",
      retry: "after-outside-fix",
    },
    {
      id: "datastore-credential",
      phrases: [["give either an account key or sas token"]],
      title: "The datastore has no credential",
      cause: "The datastore is used by identity, and the compute has none, or it lacks roles on the storage account.",
      remedy: "Give the compute an identity, and that identity Storage Blob Data Contributor on the account.",
      retry: "after-outside-fix",
    },
    {
      id: "storage-firewall",
      phrases: [["unable to upload project files to working directory in azureblob"]],
      title: "The storage account refuses the workspace",
      cause: "The storage account's firewall leaves the workspace out.",
      remedy: "Allow trusted services, and name the workspace as a resource instance in the account's network rules.",
      retry: "after-outside-fix",
    },
    {
      id: "registry-refused",
      codes: ["ACRAuthenticationChallengeFailed", "ACRTokenExchangeFailed", "GetAADTokenFailed"],
      title: "The container registry was not reached or refused",
      cause: "The way out to the registry is closed, or the identity lacks AcrPull.",
      remedy: "Open the way out, and give the identity AcrPull on the registry.",
      retry: "after-outside-fix",
    },
    {
      id: "job-certificate",
      codes: ["KubernetesUnaccessible"],
      title: "Azure ML does not reach the cluster",
      cause: "Most often the cluster's certificate was renewed a short time ago.",
      remedy: "Wait up to five hours, or detach the compute and attach it again.",
      wait: { minutes: 300 },
      retry: "as-is",
    },
    {
      id: "job-image",
      codes: ["ImagePullLoopBackOff", "ImagePullBackOff"],
      title: "The image of the deployment could not be pulled",
      cause: "The image does not exist, or the registry is not reached or refuses.",
      remedy: "Check the image's name, the way out, and AcrPull.",
      retry: "after-outside-fix",
    },
    {
      id: "job-crash",
      codes: ["DeploymentCrashLoopBackOff", "CrashLoopBackOff"],
      title: "The container ends as soon as it begins",
      cause: "The user's own container fails at its start.",
      remedy: "Read the deployment's logs.",
      retry: "after-outside-fix",
    },
    {
      // AML-Kubernetes#26.
      id: "job-namespace",
      phrases: [
        ["namespace", "not found"],
        ["namespaces", "not found"],
      ],
      title: "The namespace of the compute is not there",
      cause: "An attach neither makes nor checks the namespace, and jobs then wait for ever.",
      remedy: "Make the namespace.",
      retry: "after-outside-fix",
    },
  ],
);
