/** One line of a diff of two JSON values: where, and what stood there before and stands there after; null: nothing. */
export type ValueChange = { path: string; before: string | null; after: string | null };

type Leaves = Map<string, string>;

/**
 * The leaves in which two JSON values differ, as `a.b[0]` paths, in the order of `before`, then what only `after` has.
 * `null` and `undefined` as a whole value mean that there is nothing on that side.
 */
export function valueChanges(before: unknown, after: unknown): ValueChange[] {
  const [left, right] = [leavesOf(before), leavesOf(after)];
  const paths = [...left.keys(), ...[...right.keys()].filter((path) => !left.has(path))];
  return paths
    .map((path) => ({ path, before: left.get(path) ?? null, after: right.get(path) ?? null }))
    .filter((change) => change.before !== change.after);
}

/** The leaves of one JSON value as a list, for facts that have no other side. */
export function valueLeaves(value: unknown): { path: string; text: string }[] {
  return [...leavesOf(value)].map(([path, text]) => ({ path, text }));
}

function leavesOf(value: unknown): Leaves {
  const leaves: Leaves = new Map();
  if (value !== null && value !== undefined) collect(value, "", leaves);
  return leaves;
}

function collect(value: unknown, path: string, leaves: Leaves): void {
  if (Array.isArray(value)) {
    if (value.length === 0 && path !== "") leaves.set(path, "[]");
    // A list of plain values is a set to its reader: one line for each value keeps an insertion from moving the rest.
    else if (value.every((item) => typeof item === "string")) for (const item of value) leaves.set(`${path}[${item}]`, item);
    else value.forEach((item, index) => collect(item, `${path}[${index}]`, leaves));
    return;
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    if (members.length === 0 && path !== "") leaves.set(path, "{}");
    for (const [key, member] of members) collect(member, path === "" ? key : `${path}.${key}`, leaves);
    return;
  }
  leaves.set(path || "value", typeof value === "string" ? value : JSON.stringify(value));
}
