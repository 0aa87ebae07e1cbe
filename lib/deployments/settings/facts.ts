/** A certificate and what belongs to it, as far as everybody may know it. Never a key. */
export type CertificateFacts = {
  /** Distinguished names, one line: `CN=ml.contoso.com, O=Contoso`. */
  subject: string;
  issuer: string;
  /** Common name of the subject, or null. */
  commonName: string | null;
  /** DNS names that the certificate is for (subject alternative names), lower case; a wildcard as `*.contoso.com`. */
  names: string[];
  /** ISO 8601. */
  notBefore: string;
  notAfter: string;
  /** SHA-256 of the certificate, upper-case hex in pairs with colons, as `openssl x509 -fingerprint -sha256` prints it. */
  fingerprint: string;
  /** For people: `RSA 2048`, `EC P-256`, `Ed25519`. */
  keyType: string;
  /** Certificates in the file, the server's own among them. */
  chainLength: number;
  selfSigned: boolean;
  /** Whether the private key is the certificate's own; `absent`: none was given, `apart`: it was uploaded with another certificate. */
  key: "matches" | "differs" | "absent" | "apart";
};

/** Why a certificate or key could not be used. `code` is for programs, the rest for people. */
export type CertificateProblem = {
  code:
    | "empty"
    | "too-large"
    | "not-pem"
    | "der"
    | "truncated"
    | "damaged"
    | "swapped"
    | "not-a-certificate"
    | "key-in-certificate"
    | "wrong-order"
    | "not-a-key"
    | "two-keys"
    | "passphrase";
  field: "certificate" | "key";
  message: string;
  remedy: string;
};

/** What reading a certificate gave. */
export type CertificateReading = { state: "ok"; certificate: CertificateFacts } | { state: "bad"; problem: CertificateProblem };

/** Nodes that are alike: a node pool, or one node. */
export type NodeGroup = {
  name: string;
  /** Nodes there now that take new pods: cordoned and not-ready ones left out. */
  count: number;
  /** Nodes that the autoscaler may bring it to; left out without one. */
  maxCount?: number;
  /** All labels of its nodes, those that AKS sets by itself among them. */
  labels: Record<string, string>;
  /** As AKS writes them: `key=value:Effect`. */
  taints: string[];
  os?: "Linux" | "Windows";
};

/** The cluster's own facts, from ARM. */
export type ClusterFacts = {
  /** ARM id. */
  id: string;
  name: string;
  location: string;
  /** Sum of the node pools' counts, as the az CLI adds them up; null when not known. */
  nodeCount: number | null;
};

/** What the check may lean on beside the settings. Everything left out is not known, and then not judged. */
export type SettingsFacts = {
  /** ISO 8601. Without it nothing is said about a certificate's time. */
  now?: string;
  cluster?: ClusterFacts;
  nodes?: NodeGroup[];
  /** The certificate that goes with the settings: uploaded, or read from the cluster's secret. */
  certificate?: CertificateReading;
  /** Whether the secret named by `sslSecret` is in the namespace `azureml`. */
  sslSecretFound?: boolean;
  /** What was looked for in the cluster and found or not. */
  found?: { volcano?: boolean; prometheusOperator?: boolean; ingressNginx?: boolean };
};
