/**
 * Which rows lie directly below a resource: by the part of an id before its last two segments, so that
 * `…/managedclusters/c/trustedaccessrolebindings/b` is found under `…/managedclusters/c`.
 */
export class ChildIndex {
  readonly #children = new Map<string, Set<string>>();

  /** Notes a row. */
  add(key: string): void {
    const parent = parentOf(key);
    const known = this.#children.get(parent);
    if (known === undefined) this.#children.set(parent, new Set([key]));
    else known.add(key);
  }

  /** Forgets a row. */
  remove(key: string): void {
    const parent = parentOf(key);
    const known = this.#children.get(parent);
    known?.delete(key);
    if (known?.size === 0) this.#children.delete(parent);
  }

  /** Forgets all. */
  clear(): void {
    this.#children.clear();
  }

  /** Keys below a parent, in the order in which they came. */
  of(parent: string): string[] {
    return [...(this.#children.get(parent) ?? [])];
  }
}

function parentOf(key: string): string {
  const last = key.lastIndexOf("/");
  return key.slice(0, key.lastIndexOf("/", last - 1));
}
