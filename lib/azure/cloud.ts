import { readFileSync } from "node:fs";
import { z } from "zod";
import { BinderyError } from "@/lib/kernel/errors";
import { settings } from "@/lib/kernel/settings";

const HttpsOrigin = z.url({ protocol: /^https$/, error: "an https address" }).transform((text) => text.replace(/\/+$/, ""));

/** A cloud by configuration: every host, audience and time of Azure that Bindery depends on. */
export const CloudSchema = z
  .strictObject({
    name: z.string().min(1),
    /** False for anything that is not Azure itself; a banner then says `notice`. */
    isAzure: z.boolean(),
    notice: z.string().nullable().default(null),
    /** Entra, without the tenant: https://login.microsoftonline.com */
    authorityHost: HttpsOrigin,
    /** ARM: the only host that gets an ARM token. */
    armEndpoint: HttpsOrigin,
    /** Scope prefix of ARM tokens: https://management.azure.com */
    armAudience: z.string().min(1),
    /** Application id of the AKS server application. */
    kubernetesAudience: z.string().min(1),
    /** Azure portal address for links; null: no links. */
    portalUrl: HttpsOrigin.nullable().default(null),
    /** PEM file of a private certificate authority that signs the hosts above; handed over by NODE_EXTRA_CA_CERTS. */
    caFile: z.string().nullable().default(null),
    /** How long the cluster may take to follow ARM, ms. Public cloud: 5 minutes. */
    settleMs: z.number().int().min(0),
    /** Shortest wait between two polls of an operation, ms. */
    pollFloorMs: z.number().int().min(1),
    /**
     * `host:port` that stands for the API servers of all clusters, whose names are in no DNS there; private clouds only. Names, certificates and
     * tokens are those of each cluster all the same. null: each is where its name says.
     */
    kubernetesAddress: z
      .string()
      .regex(/^[^\s:/@]+:\d{1,5}$/, "it should be host:port")
      .nullable()
      .default(null),
    /** What its documents of service tags call it: the `cloud` of ARM's answer and of the weekly file. */
    serviceTagsCloud: z.string().min(1).default("Public"),
  })
  .refine(({ isAzure, kubernetesAddress }) => !isAzure || kubernetesAddress === null, {
    path: ["kubernetesAddress"],
    error: "in Azure every API server is where its name says",
  });
export type Cloud = z.infer<typeof CloudSchema>;

const azure = {
  isAzure: true,
  notice: null,
  caFile: null,
  settleMs: 300_000,
  pollFloorMs: 10_000,
  kubernetesAddress: null,
  kubernetesAudience: "6dae42f8-4368-4678-94ff-3960e28e3630",
};

/**
 * The known clouds. The names of their service tags are those in the names of the weekly files (ServiceTags_AzureGovernment_….json); only that of
 * the public cloud was seen in a document. Trusted Access for Azure ML is documented for the public cloud only. */
export const knownClouds: Record<string, Cloud> = {
  AzurePublic: {
    ...azure,
    name: "AzurePublic",
    authorityHost: "https://login.microsoftonline.com",
    armEndpoint: "https://management.azure.com",
    armAudience: "https://management.azure.com",
    portalUrl: "https://portal.azure.com",
    serviceTagsCloud: "Public",
  },
  AzureUSGovernment: {
    ...azure,
    name: "AzureUSGovernment",
    authorityHost: "https://login.microsoftonline.us",
    armEndpoint: "https://management.usgovcloudapi.net",
    armAudience: "https://management.usgovcloudapi.net",
    portalUrl: "https://portal.azure.us",
    serviceTagsCloud: "AzureGovernment",
  },
  AzureChina: {
    ...azure,
    name: "AzureChina",
    authorityHost: "https://login.partner.microsoftonline.cn",
    armEndpoint: "https://management.chinacloudapi.cn",
    armAudience: "https://management.chinacloudapi.cn",
    portalUrl: "https://portal.azure.cn",
    serviceTagsCloud: "China",
  },
};

/** The cloud named by `BINDERY_CLOUD`, or read from the JSON file of `BINDERY_CLOUD_FILE`. Throws `wrong_setting`. */
export function readCloud(name: string | undefined, file: string | undefined): Cloud {
  if (file === undefined || file === "") {
    const known = knownClouds[name ?? "AzurePublic"];
    if (known === undefined)
      throw new BinderyError(
        "wrong_setting",
        `BINDERY_CLOUD is ${name}; it should be one of ${Object.keys(knownClouds).join(", ")}, or leave it out and set BINDERY_CLOUD_FILE.`,
      );
    return known;
  }
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new BinderyError("wrong_setting", `BINDERY_CLOUD_FILE names ${file}, which cannot be read.`, { cause });
  }
  const parsed = CloudSchema.safeParse(safeJson(text));
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    throw new BinderyError(
      "wrong_setting",
      `The cloud configuration ${file} is wrong at ${first?.path.join(".") || "its top"}: ${first?.message}.`,
    );
  }
  return parsed.data;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

let current: Cloud | undefined;

/** The cloud of this installation, read once from the settings. */
export function cloud(): Cloud {
  current ??= readCloud(settings().BINDERY_CLOUD, settings().BINDERY_CLOUD_FILE);
  return current;
}
