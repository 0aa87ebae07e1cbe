import { Fragment } from "react";

/** Longer names may break: they would not fit on a small screen. */
const longest = 28;
/** Splits a text into what is plain (even parts, as long as may be) and words that are a path or a name with hyphens (odd parts). */
const special = /((?<!\S)\S*(?:\/|\w-\w)\S*)/;

/**
 * Text with names in it, as it is: a name with hyphens (`aks-ml-prod`) stays on one line, a path breaks behind a slash, so that neither is
 * torn in the middle of a word.
 */
export function Names({ text }: { text: string }) {
  return text.split(special).map((part, index) => {
    if (index % 2 === 0) return part;
    if (part.includes("/")) return <BreakingPath key={index} path={part} />;
    if (part.length > longest) return part;
    return (
      <span key={index} className="whitespace-nowrap">
        {part}
      </span>
    );
  });
}

function BreakingPath({ path }: { path: string }) {
  return path.split("/").map((part, index) => (
    <Fragment key={index}>
      {index > 0 && "/"}
      {(index > 1 || (index === 1 && !path.startsWith("/"))) && <wbr />}
      {part}
    </Fragment>
  ));
}
