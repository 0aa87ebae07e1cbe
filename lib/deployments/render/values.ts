import type { Json } from "@/lib/kernel/json";
import { bicepQuote, hclQuote } from "@/lib/plans/quote";

/** A secret's place in a body: `{ ref }` and nothing else. */
export function refOf(value: Json): string | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.keys(value).length === 1 && typeof value.ref === "string" ? value.ref : null;
}

/** A JSON value as an expression of Terraform, indented by `depth` levels of two spaces. A secret stands as what `secret` gives for its key. */
export const hclValue = (value: Json, depth: number, secret: (key: string) => string): string =>
  written(value, depth, { quote: hclQuote, key: hclQuote, assign: " = ", comma: ",", secret });

/** The same as an expression of Bicep, whose lists and objects have no commas. */
export const bicepValue = (value: Json, depth: number, secret: (key: string) => string): string =>
  written(value, depth, { quote: bicepQuote, key: bicepQuote, assign: ": ", comma: "", secret });

type Language = {
  quote(text: string): string;
  key(text: string): string;
  assign: string;
  /** Behind each item of a list. */
  comma: string;
  secret(key: string): string;
};

function written(value: Json, depth: number, language: Language, name = ""): string {
  const inner = "  ".repeat(depth + 1);
  const outer = "  ".repeat(depth);
  if (typeof value === "string") return language.quote(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((one) => `${inner}${written(one, depth + 1, language)}${language.comma}\n`).join("")}${outer}]`;
  }
  if (refOf(value) !== null) return language.secret(name);
  const entries = Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  if (entries.length === 0) return "{}";
  const lines = entries.map(([key, one]) => `${inner}${language.key(key)}${language.assign}${written(one, depth + 1, language, key)}\n`);
  return `{\n${lines.join("")}${outer}}`;
}

const filed = new Map([
  ["scoringFe.sslCert", "sslCertPemFile"],
  ["scoringFe.sslKey", "sslKeyPemFile"],
]);

/** The key under which a protected setting of the body was asked as a file, whose base64 goes to Azure under the chart's own name; undefined: as it is. */
export const fileKey = (key: string): string | undefined => filed.get(key);

/** Name of the variable or parameter that a protected setting is given by: letters, digits and underscores. */
export const secretName = (key: string): string => `protected_${key.replace(/[^A-Za-z0-9]+/g, "_")}`;
