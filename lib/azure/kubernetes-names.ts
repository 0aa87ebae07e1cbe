import { BinderyError } from "@/lib/kernel/errors";

/** The name of a namespace, unchanged. Throws `invalid_input` for what is no DNS label (RFC 1123), so that it can stand in a path and a command. */
export function namespaceName(name: string): string {
  if (name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) return name;
  throw new BinderyError("invalid_input", "A namespace's name has at most 63 lower-case letters, digits and hyphens, none at its ends.", {
    field: "namespace",
  });
}

/** The name of an object such as a secret, unchanged. Throws `invalid_input` for what is no DNS subdomain. */
export function objectName(name: string): string {
  const labels = name.split(".");
  if (name.length <= 253 && labels.every((label) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label))) return name;
  throw new BinderyError("invalid_input", "A name in Kubernetes has at most 253 lower-case letters, digits, hyphens and dots.", {
    field: "name",
  });
}
