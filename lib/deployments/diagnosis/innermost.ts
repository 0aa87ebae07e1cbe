import { readable } from "./words";

const marks = ["innererror", "err"];
const advice = "recommendation please check that there are no policies blocking";

/**
 * The cause in the middle of Azure's nested texts: what stands in the last `InnerError [ … ]` or `err [ … ]`, the innermost error of a JSON
 * text, else the text itself. The advice about "policies" that Azure puts before every cause is never it
 * (hashicorp/terraform-provider-azurerm#24547). At most 60,000 characters are looked at; what looks like a secret is left out.
 */
export function innermost(text: string): string {
  const inner = withoutAdvice(bracketed(readable(text)));
  return plain(inJson(inner) ?? inner);
}

/** The content of the last bracket that follows a mark; the text itself where there is none. */
function bracketed(text: string): string {
  const lower = text.toLowerCase();
  let from = -1;
  for (const mark of marks) {
    for (let at = lower.indexOf(mark); at >= 0; at = lower.indexOf(mark, at + mark.length)) {
      const open = openingAfter(lower, at + mark.length);
      if (open > from && (at === 0 || !/[a-z]/.test(lower[at - 1] ?? ""))) from = open;
    }
  }
  return from < 0 ? text : text.slice(from + 1, closingOf(text, from));
}

/** Where a bracket opens right behind a mark: after at most a colon and spaces. */
function openingAfter(text: string, at: number): number {
  for (let index = at; index < at + 6; index++) {
    if (text[index] === "[") return index;
    if (text[index] !== " " && text[index] !== ":") return -1;
  }
  return -1;
}

/** Where the bracket that opens at a place closes; the end of the text where it does not. */
function closingOf(text: string, open: number): number {
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    if (text[index] === "[") depth++;
    else if (text[index] === "]" && --depth === 0) return index;
  }
  return text.length;
}

/** Takes Azure's advice out, up to what follows it. */
function withoutAdvice(text: string): string {
  const at = text.toLowerCase().indexOf(advice);
  if (at < 0) return text;
  const next = text.indexOf(" : ", at);
  return `${text.slice(0, at)}${next < 0 ? "" : text.slice(next + 3)}`;
}

/** `CODE: message` of the innermost error of a JSON text inside the text, or null. */
function inJson(text: string): string | null {
  const from = text.indexOf("{");
  const to = text.lastIndexOf("}");
  if (from < 0 || to <= from) return null;
  let value: unknown;
  try {
    value = JSON.parse(text.slice(from, to + 1));
  } catch {
    // Braces that are no JSON: helm writes them too. The text is then read as it is.
    return null;
  }
  return deepest(value);
}

function deepest(value: unknown, depth = 0): string | null {
  if (typeof value !== "object" || value === null || depth > 12) return null;
  const { error, innererror, innerError, details, code, message } = value as Record<string, unknown>;
  const below = [error, innererror, innerError, Array.isArray(details) ? details[0] : undefined];
  for (const one of below) {
    const found = deepest(one, depth + 1);
    if (found !== null) return found;
  }
  if (typeof message !== "string" || message === "") return null;
  return typeof code === "string" && code !== "" ? `${code}: ${message}` : message;
}

const plain = (text: string): string => text.replace(/\s+/g, " ").trim();
