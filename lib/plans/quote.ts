/** A text as one word of a POSIX shell, whatever it holds. Throws nothing; a NUL cannot be in a command line and is left out. */
export function shellQuote(text: string): string {
  const clean = text.replaceAll("\0", "");
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(clean) ? clean : `'${clean.replaceAll("'", `'\\''`)}'`;
}

/**
 * A text as a quoted string of Terraform's language: quotes, backslashes, line ends and the openings of templates are escaped
 * (hashicorp/hcl, hclsyntax/spec: Template Expressions).
 */
export function hclQuote(text: string): string {
  const escaped = escapeWith(text, hclEscapes, (code) => `\\u${code.toString(16).padStart(4, "0")}`);
  return `"${escaped.replace(/([$%])(?=\{)/g, "$1$1")}"`;
}

/** A text as a string of Bicep: quotes, backslashes, line ends and `${` are escaped (Azure/bicep, docs on the string data type). */
export function bicepQuote(text: string): string {
  const escaped = escapeWith(text, bicepEscapes, (code) => `\\u{${code.toString(16)}}`);
  return `'${escaped.replace(/\$(?=\{)/g, "\\$")}'`;
}

const lines = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const hclEscapes: Record<string, string> = { ...lines, '"': '\\"' };
const bicepEscapes: Record<string, string> = { ...lines, "'": "\\'" };

function escapeWith(text: string, known: Record<string, string>, coded: (code: number) => string): string {
  return Array.from(text, (char) => known[char] ?? (isControl(char) ? coded(char.codePointAt(0) ?? 0) : char)).join("");
}

const isControl = (char: string): boolean => {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x20 || code === 0x7f;
};

const reserved = new Set(["true", "false", "null", "if", "for", "in", "cluster"]);

/**
 * A name that Terraform and Bicep both take for a resource: letters, digits and underscores, not beginning with a digit, no word of
 * either language and not `cluster`, which the Bicep file uses itself.
 */
export function symbolOf(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  return /^[A-Za-z]/.test(plain) && !reserved.has(plain.toLowerCase()) ? plain : `binding_${plain}`.replace(/_$/, "");
}

/** A text made safe for one comment line. */
export function commentText(text: string): string {
  return Array.from(text, (char) => (isControl(char) || char === "\u2028" || char === "\u2029" ? " " : char)).join("");
}
