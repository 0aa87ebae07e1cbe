import type { CertificateProblem } from "./facts";

/** A file that cannot be used. Never leaves the reading of certificates. */
export class Bad extends Error {
  readonly problem: CertificateProblem;
  constructor(code: CertificateProblem["code"], field: CertificateProblem["field"], message: string, remedy: string) {
    super(message);
    this.problem = { code, field, message, remedy };
  }
}

/** The blocks of a PEM text, in its order. Throws `Bad` for a text without any, and for one that ends inside a block. */
export function blocksOf(field: CertificateProblem["field"], text: string): { label: string; pem: string }[] {
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----[^-]*(?:-(?!----)[^-]*)*-----END \1-----/g)];
  const opened = text.split("-----BEGIN ").length - 1;
  if (opened === 0)
    throw new Bad(
      "not-pem",
      field,
      "The file is not PEM: it has no line that begins with -----BEGIN.",
      "Export it as PEM (Base64), not as PFX or DER.",
    );
  if (blocks.length !== opened)
    throw new Bad(
      "truncated",
      field,
      "The file ends in the middle: a -----BEGIN line has no -----END line that goes with it.",
      "Copy the whole file, its first and last line too.",
    );
  return blocks.map((block) => ({ label: block[1] as string, pem: block[0] }));
}
