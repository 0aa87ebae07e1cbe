/** What web pages and word processors did to a command, undone. */
export type Clean = {
  text: string;
  /** Curly quotes, odd spaces or invisible characters were replaced. */
  typographic: boolean;
  /** A PEM block stood in it and was cut out. */
  secretCut: boolean;
};

/** Makes quotes straight, spaces plain and line ends `\n`, and cuts PEM blocks out: a key must not be read as settings. */
export function cleanPaste(text: string): Clean {
  const cut = text.replace(/-----BEGIN [A-Z0-9 ]{1,40}-----[\s\S]*?(?:-----END [A-Z0-9 ]{1,40}-----|$)/g, "[cut]");
  const lines = cut.replace(/\r\n?|[\u2028\u2029]/g, "\n");
  const plain = lines
    .replace(/\u200B|\u200C|\u200D|\u2060|\uFEFF/g, "")
    .replace(/[\u00A0\u2007\u2009\u202F]/g, " ")
    .replace(/[\u201C-\u201F\u00AB\u00BB]/g, '"')
    .replace(/[\u2018-\u201B]/g, "'");
  return { text: plain, typographic: plain !== lines, secretCut: cut !== text };
}

/** The characters that stand where a hyphen was: hyphens, dashes and the minus sign. */
export const dashes = "\\-\\u2010-\\u2015\\u2212";
