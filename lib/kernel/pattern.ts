/** True when a pattern matches a whole text: case does not count, `*` stands for any text. The rule of Azure RBAC's actions. */
export function matchesPattern(pattern: string, text: string): boolean {
  const source = pattern
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`, "is").test(text);
}
