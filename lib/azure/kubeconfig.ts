import { BinderyError } from "@/lib/kernel/errors";
import type { Cluster } from "./types";

/** Where an API server is and what vouches for it. `host` in lower case; `ca`: PEM. */
export type ServerAddress = { host: string; port: number; ca: string };

/**
 * Server and certificate authority of a kubeconfig as AKS writes it. Nothing else is read, and the users' section least of all: it names a
 * program to run. What is not written just so is refused: a second cluster, another field, a value that is not plain. Throws `azure_refused`.
 */
export function serverOf(kubeconfig: string, cluster: Pick<Cluster, "name" | "fqdn" | "privateFqdn">): ServerAddress {
  const [, , fields = ""] = /^( *)- cluster:\n((?:\1 {4}[a-z].*\n)+)\1 {2}name: [^\n]+\n$/.exec(clustersOf(kubeconfig)) ?? [];
  const values = new Map<string, string>();
  for (const line of fields.split("\n").filter((one) => one !== "")) {
    const [, key = "", value = ""] = /^ *(certificate-authority-data|server): ([A-Za-z0-9+/=:.-]+)$/.exec(line) ?? [];
    if (key === "" || values.has(key)) throw refused("it says more of its cluster than server and certificate authority");
    values.set(key, value);
  }
  const ca = Buffer.from(values.get("certificate-authority-data") ?? "", "base64").toString("utf8");
  if (!/^-----BEGIN CERTIFICATE-----\n[^]+-----END CERTIFICATE-----\n?$/.test(ca.replaceAll("\r", "")))
    throw refused("it has no certificate authority");
  return { ...addressOf(values.get("server") ?? "", cluster), ca };
}

/** The lines of the one section `clusters`. */
function clustersOf(kubeconfig: string): string {
  const sections = `${kubeconfig.replaceAll("\r\n", "\n").trimEnd()}\n`.split(/^(?=[A-Za-z])/m);
  const [own, ...others] = sections.filter((section) => /^clusters\b/.test(section));
  if (own === undefined || others.length > 0 || /^---/m.test(kubeconfig)) throw refused("it does not have one list of clusters");
  return own.replace(/^clusters:\n/, "");
}

function addressOf(server: string, cluster: Pick<Cluster, "name" | "fqdn" | "privateFqdn">): { host: string; port: number } {
  const url = URL.canParse(server) ? new URL(server) : null;
  if (url === null || url.protocol !== "https:" || url.href !== `${url.origin}/`) throw refused("its server is not a plain https address");
  if (!isOwnHost(url.hostname, cluster)) throw refused(`its server ${url.hostname} is not a name of ${cluster.name}`);
  return { host: url.hostname, port: url.port === "" ? 443 : Number(url.port) };
}

/** True for a name under which ARM knows the cluster's API server. */
export function isOwnHost(host: string, { fqdn, privateFqdn }: Pick<Cluster, "fqdn" | "privateFqdn">): boolean {
  return [fqdn, privateFqdn].some((name) => name !== null && name !== "" && name.toLowerCase() === host.toLowerCase());
}

function refused(why: string): BinderyError {
  return new BinderyError(
    "azure_refused",
    `Azure's kubeconfig of the cluster is not as Bindery knows it: ${why}. Nothing was sent there.`,
    {
      remedy: "Read the cluster by the run command, and tell your administrator.",
    },
  );
}
