import { z } from "zod";
import { ClusterId, ResourceId, unhiddenName } from "@/lib/kernel/shapes";
import { BindingName, RoleFullName } from "@/lib/requests/asked";
import { defaultRole, type DeploymentInput } from "./input";

const text = (limit: number, what: string) =>
  z
    .string()
    .trim()
    .min(1, `${what} is empty.`)
    .max(limit, `${what} has at most ${limit} characters.`)
    .refine(...unhiddenName);

export const WorkspaceId = ResourceId.regex(
  /\/resourceGroups\/[^/]+\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[^/]+$/i,
  "This is not the id of an Azure Machine Learning workspace.",
);

/** Azure's rule of workspace names: 3 to 33 characters (azure-rest-api-specs, MachineLearningServices, WorkspaceNameParameter). */
const WorkspaceName = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{2,32}$/,
    "A workspace's name has 3 to 33 letters, digits, hyphens and underscores, and begins with a letter or digit.",
  )
  // AML-Kubernetes, docs: an attach to a workspace whose name ends so fails with InternalServerError.
  .refine((name) => !name.endsWith("-"), "A name that ends with a hyphen makes the attach fail.");

const ResourceGroup = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}_().-]{1,90}$/u, "A resource group's name has up to 90 letters, digits, hyphens, underscores, dots and brackets.")
  .refine((name) => !/[-.]$/.test(name), "A resource group's name that ends with a hyphen or a dot does not work here.");

const WorkspaceChoice = z.discriminatedUnion("use", [
  z.strictObject({ use: z.literal("existing"), id: WorkspaceId }),
  z.strictObject({
    use: z.literal("new"),
    name: WorkspaceName,
    resourceGroup: ResourceGroup,
    location: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9]{2,40}$/, "A region is written like westeurope."),
  }),
]);

/** Keys and values are judged by the settings' own check; here are only their bounds. */
const key = z
  .string()
  .min(1)
  .max(200)
  .refine(...unhiddenName);
export const ExtensionInputShape = z.strictObject({
  name: text(60, "The extension's name"),
  settings: z.record(key, z.string().max(4_000, "A setting has at most 4,000 characters.")).refine(isSmall, "At most 100 settings."),
  protected: z.record(key, z.strictObject({ ref: z.string().min(1).max(200) })).refine(isSmall, "At most 100 settings."),
  version: text(40, "The version").optional(),
  releaseTrain: text(40, "The release train").optional(),
  autoUpgrade: z.boolean().optional(),
});

/** Namespaces of the cluster itself and of the extension: no place for workloads. */
const ownNamespace = /^(kube-.*|azureml|gatekeeper-system|aks-command|calico-system|tigera-operator)$/;

/** Kubernetes' rule of namespace names: a DNS label (RFC 1123). */
const Namespace = z
  .string()
  .trim()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, "A namespace has up to 63 lower-case letters, digits and hyphens, no hyphen at its ends.")
  .refine((name) => !ownNamespace.test(name), "This namespace belongs to the cluster or to the extension: jobs do not run there.");

/** 3 to 24 characters: the narrowest rule that Azure ML has for names of computes. */
const ComputeName = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/,
    "A compute's name has 3 to 24 letters, digits and hyphens, begins with a letter and does not end with a hyphen.",
  );

const Compute = z.strictObject({
  name: ComputeName,
  namespace: Namespace,
  identity: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("SystemAssigned") }),
      z.strictObject({
        type: z.literal("UserAssigned"),
        id: ResourceId.regex(
          /\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/]+$/i,
          "This is not the id of a user-assigned identity.",
        ),
      }),
    ])
    .default({ type: "SystemAssigned" }),
});

/** What the form sends. Secrets are references: a value under `protected` is refused. */
export const DeploymentInputShape = z.strictObject({
  clusterId: ClusterId,
  workspace: WorkspaceChoice,
  extension: z.union([z.literal("present"), ExtensionInputShape]),
  compute: Compute,
  binding: z
    .union([
      z.literal("made-by-attach"),
      z.strictObject({
        role: RoleFullName.regex(/^Microsoft\.MachineLearningServices\/workspaces\//i, "This role is not made for a workspace.").default(
          defaultRole,
        ),
      }),
    ])
    .default({ role: defaultRole }),
  bindingName: BindingName,
}) satisfies z.ZodType<DeploymentInput>;

function isSmall(map: object): boolean {
  return Object.keys(map).length <= 100;
}
