import { digestOf } from "@/lib/kernel/json";
import { idKey, lastName } from "@/lib/kernel/resource-id";
import { roleNameOf } from "@/lib/roles/rules";

const limit = 24;

/**
 * A name for a new binding: the source's name and the role's, such as `ml-dev-mlworkload`; 1–24 letters, digits and hyphens, as Azure
 * wants. The same source and role always give the same name. Where both do not fit, the source is cut and four hex digits of its id's
 * hash keep two long names apart. A name in `taken` gets a number.
 */
export function suggestName(sourceResourceId: string, role: string, taken: string[] = []): string {
  const source = clean(lastName(sourceResourceId)) || "source";
  const end = clean(roleNameOf(role)).slice(0, 12).replace(/-+$/, "") || "role";
  const whole = `${source}-${end}`;
  const hash = digestOf(idKey(sourceResourceId)).slice(0, 4);
  const base = whole.length <= limit ? whole : `${source.slice(0, limit - end.length - 6).replace(/-+$/, "")}-${hash}-${end}`;
  const used = new Set(taken.map((name) => name.toLowerCase()));
  if (!used.has(base.toLowerCase())) return base;
  for (let number = 2; ; number++) {
    const suffix = `-${number}`;
    const name = `${base.slice(0, limit - suffix.length).replace(/-+$/, "")}${suffix}`;
    if (!used.has(name.toLowerCase())) return name;
  }
}

function clean(text: string): string {
  return text.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}
