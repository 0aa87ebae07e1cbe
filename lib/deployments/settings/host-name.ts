const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** True for a full DNS name of at least two labels, without a scheme, port, path or wildcard; IP addresses are none. */
export function isHostName(text: string): boolean {
  const labels = text.toLowerCase().split(".");
  return text.length <= 253 && labels.length >= 2 && labels.every((one) => label.test(one)) && !/^\d+$/.test(labels.at(-1) ?? "");
}

/** The host name inside a text that a person may paste for one (a URL, a name with a port, a closing dot), or null. */
export function hostNameIn(text: string): string | null {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/[/?#:].*$/s, "")
    .replace(/\.$/, "");
  return isHostName(host) ? host : null;
}

/**
 * True when a certificate's DNS name is for a host. A wildcard stands for exactly one label, the first
 * (RFC 6125, 6.4.3): `*.contoso.com` is for `ml.contoso.com`, neither for `contoso.com` nor for `a.ml.contoso.com`.
 */
export function isNameFor(certificateName: string, host: string): boolean {
  const name = certificateName.toLowerCase();
  const wanted = host.toLowerCase();
  if (!name.startsWith("*.")) return name === wanted;
  const dot = wanted.indexOf(".");
  return dot > 0 && wanted.slice(dot) === name.slice(1);
}
