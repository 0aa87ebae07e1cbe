import type { UncheckedInput } from "./input";

/** A start for the form. */
export type Preset = {
  id: "proof-of-concept" | "production";
  title: string;
  /** One or two sentences: what it is for, and what it costs. */
  meaning: string;
  settings: Record<string, string>;
  /** Keys that the person has yet to fill in. */
  asks: string[];
  /** Keys that it takes away, plain or protected. */
  clears: string[];
};

/**
 * The two ways in which the extension is usually installed. The documentation's proof of concept serves plain HTTP to the internet;
 * this one keeps it inside the virtual network.
 */
export const presets: readonly Preset[] = [
  {
    id: "proof-of-concept",
    title: "Proof of concept",
    meaning:
      "Training and inference on a small cluster: one router, plain HTTP, reached from inside the virtual network only. Not for real data.",
    settings: {
      enableTraining: "True",
      enableInference: "True",
      inferenceRouterServiceType: "loadBalancer",
      internalLoadBalancerProvider: "azure",
      allowInsecureConnections: "True",
      inferenceRouterHA: "False",
      clusterPurpose: "DevTest",
    },
    asks: [],
    clears: ["sslSecret", "sslCertPemFile", "sslKeyPemFile", "sslCname"],
  },
  {
    id: "production",
    title: "Production",
    meaning:
      "Training and inference with three routers and HTTPS. Needs three nodes, and a secret with a certificate in the namespace azureml.",
    settings: {
      enableTraining: "True",
      enableInference: "True",
      inferenceRouterServiceType: "loadBalancer",
      allowInsecureConnections: "False",
      inferenceRouterHA: "True",
      clusterPurpose: "FastProd",
    },
    asks: ["sslSecret", "sslCname"],
    clears: [],
  },
];

/** The input with a preset laid over it. What the preset does not speak of stays. */
export function applyPreset<T extends UncheckedInput>(input: T, preset: Preset): T {
  const kept = (map: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(map).filter(([key]) => !preset.clears.includes(key)));
  return { ...input, settings: { ...kept(input.settings), ...preset.settings }, protected: kept(input.protected) };
}
