/** One rule of a trusted access role: the `rules` of a Kubernetes ClusterRole. Missing lists of Azure's answer are empty here. */
export type Rule = {
  verbs: string[];
  /** `""` is the core group. */
  apiGroups: string[];
  resources: string[];
  resourceNames: string[];
  nonResourceURLs: string[];
};

/** A trusted access role of a region's catalogue. */
export type TrustedAccessRole = {
  /** For example `Microsoft.MachineLearningServices/workspaces`. */
  sourceResourceType: string;
  name: string;
  rules: Rule[];
};
