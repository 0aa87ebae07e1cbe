import type { WrongName } from "./table";

/** Keys that were right once, or never. `doamin` is what the az CLI reads where it means `domain`. */
export const wrongNames: readonly WrongName[] = [
  {
    key: "privateEndpointILB",
    why: "It was replaced by internalLoadBalancerProvider.",
    whenTrue: { inferenceRouterServiceType: "loadBalancer", internalLoadBalancerProvider: "azure" },
  },
  {
    key: "privateEndpointNodeport",
    why: "It was replaced by inferenceRouterServiceType.",
    whenTrue: { inferenceRouterServiceType: "nodePort" },
  },
  { key: "inferenceLoadBalancerHA", why: "It was renamed to inferenceRouterHA.", to: "inferenceRouterHA" },
  { key: "sslCertKeyFile", why: "There is no such key; the private key is sslKeyPemFile.", to: "sslKeyPemFile" },
  { key: "volcanoScheduler.enable", why: "It was renamed to installVolcano.", to: "installVolcano" },
  {
    key: "scoringFe.serviceType.nodePort",
    why: "It follows from inferenceRouterServiceType.",
    whenTrue: { inferenceRouterServiceType: "nodePort" },
  },
  {
    key: "scoringFe.serviceType.internalLoadBalancer",
    why: "It follows from internalLoadBalancerProvider.",
    whenTrue: { internalLoadBalancerProvider: "azure" },
  },
  { key: "scoringFe.sslSecret", why: "It follows from sslSecret.", to: "sslSecret" },
  { key: "scoringFe.sslCert", why: "It follows from the certificate given as sslCertPemFile." },
  { key: "scoringFe.sslKey", why: "It follows from the key given as sslKeyPemFile." },
  { key: "domain", why: "Whatever it is, it is replaced by LOCATION.cloudapp.azure.com." },
  { key: "doamin", why: "It is a misspelling inside the az CLI, and the domain follows from the cluster's location." },
  { key: "nodeSelector", why: "A label has to follow it: nodeSelector.disktype=ssd." },
  { key: "workLoadToleration", why: "A number and a part have to follow it: workLoadToleration[0].key=gpu." },
  { key: "autoUpgrade", why: "It is an option of the extension (automatic upgrade of minor versions), not a setting." },
];
