import type { CertificateFacts, ClusterFacts, NodeGroup } from "../facts";
import type { UncheckedInput } from "../input";

/** For tests: a cluster of five nodes. */
export const clusterFacts: ClusterFacts = {
  id: "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-ml/providers/Microsoft.ContainerService/managedClusters/ml-prod",
  name: "ml-prod",
  location: "westeurope",
  nodeCount: 5,
};

export const certificateFacts: CertificateFacts = {
  subject: "CN=ml.contoso.com",
  issuer: "CN=Contoso authority",
  commonName: "ml.contoso.com",
  names: ["ml.contoso.com"],
  notBefore: "2025-01-01T00:00:00.000Z",
  notAfter: "2027-01-01T00:00:00.000Z",
  fingerprint: "AA:BB",
  keyType: "EC P-256",
  chainLength: 2,
  selfSigned: false,
  key: "matches",
};

/** For tests: a group of nodes, open to all. */
export const nodeGroup = (changes: Partial<NodeGroup> = {}): NodeGroup => ({ name: "user", count: 3, labels: {}, taints: [], ...changes });

/** For tests: a deployment with nothing to say about, for plain settings laid over it. */
export const training = (settings: Record<string, unknown> = {}, rest: Partial<UncheckedInput> = {}): UncheckedInput => ({
  settings: { enableTraining: "True", ...settings },
  protected: {},
  ...rest,
});

/** For tests: inference over HTTPS with uploaded files. */
export const secure = (settings: Record<string, unknown> = {}, rest: Partial<UncheckedInput> = {}): UncheckedInput => ({
  settings: { enableInference: "True", inferenceRouterServiceType: "loadBalancer", sslCname: "ml.contoso.com", ...settings },
  protected: { sslCertPemFile: { ref: "sslCert" }, sslKeyPemFile: { ref: "sslKey" } },
  ...rest,
});

/** For tests: inference over plain HTTP, inside the network. */
export const insecure = (settings: Record<string, unknown> = {}, rest: Partial<UncheckedInput> = {}): UncheckedInput => ({
  settings: {
    enableInference: "True",
    inferenceRouterServiceType: "loadBalancer",
    internalLoadBalancerProvider: "azure",
    allowInsecureConnections: "True",
    ...settings,
  },
  protected: {},
  ...rest,
});
