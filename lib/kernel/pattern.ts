/**
 * True when a pattern matches a whole text: case does not count, `*` stands for any text. The rule of Azure RBAC's actions. Takes at
 * most pattern × text steps, whatever the pattern.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let at = 0;
  let star = -1;
  let retry = 0;
  for (let index = 0; index < given.length; ) {
    if (wanted[at] === "*") {
      star = at++;
      retry = index;
    } else if (wanted[at] === given[index]) {
      at++;
      index++;
    } else if (star >= 0) {
      // Let the last star take one character more.
      at = star + 1;
      index = ++retry;
    } else return false;
  }
  while (wanted[at] === "*") at++;
  return at === wanted.length;
}
