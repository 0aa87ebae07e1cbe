import type { KubeObject } from "../state/kubernetes-shapes";

/** A selector that the API does not take: a sentence as it answers it. */
export class SelectorError extends Error {}

const fields = new Set([
  "metadata.name",
  "metadata.namespace",
  "status.phase",
  "spec.nodeName",
  "spec.serviceAccountName",
  "involvedObject.kind",
  "involvedObject.name",
  "involvedObject.namespace",
  "reason",
  "type",
]);

/** A test by `fieldSelector`: `a.b=c`, `==` and `!=`, joined by commas. Throws SelectorError for a field that lists are not selected by. */
export function fieldTest(text: string | null): (one: KubeObject) => boolean {
  const tests = parts(text).map((part) => {
    const [, path = "", operator, value = ""] = /^([^=!]+)(!=|==|=)(.*)$/.exec(part) ?? [];
    if (!fields.has(path)) throw new SelectorError(`field label not supported: ${path || part}`);
    return (one: KubeObject) => (valueAt(one, path) === value) !== (operator === "!=");
  });
  return (one) => tests.every((test) => test(one));
}

/** A test by `labelSelector`: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`. Throws SelectorError for anything else. */
export function labelTest(text: string | null): (one: KubeObject) => boolean {
  const tests = parts(text).map((part) => {
    const [, name, set, list] = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(part) ?? [];
    if (name !== undefined) {
      const values = new Set((list ?? "").split(",").map((one) => one.trim()));
      return (labels: Record<string, string>) => (labels[name] !== undefined && values.has(labels[name])) === (set === "in");
    }
    const [, key = "", operator, value = ""] = /^([\w./-]+)\s*(!=|==|=)\s*([\w.-]*)$/.exec(part) ?? [];
    if (operator !== undefined) return (labels: Record<string, string>) => (labels[key] === value) !== (operator === "!=");
    const [, not, only] = /^(!?)([\w./-]+)$/.exec(part) ?? [];
    if (only === undefined) throw new SelectorError(`unable to parse requirement: found '${part}'`);
    return (labels: Record<string, string>) => (labels[only] !== undefined) === (not === "");
  });
  return (one) => tests.every((test) => test(one.metadata.labels ?? {}));
}

/** Parts at commas that are not in parentheses. */
function parts(text: string | null): string[] {
  return (text ?? "")
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function valueAt(one: KubeObject, path: string): string {
  let value: unknown = one;
  for (const name of path.split("."))
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" ? value : "";
}
