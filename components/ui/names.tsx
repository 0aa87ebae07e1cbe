import { Fragment } from "react";

/** Longer names may break: they would not fit on a small screen. */
const longest = 28;

/**
 * Text with names in it, as it is: a name with hyphens (`aks-ml-prod`) stays on one line, a path breaks behind a slash, so that neither is
 * torn in the middle of a word.
 */
export function Names({ text }: { text: string }) {
  return text.split(/(\s+)/).map((word, index) => {
    if (word.includes("/")) return <BreakingPath key={index} path={word} />;
    if (!/\w-\w/.test(word) || word.length > longest) return word;
    return (
      <span key={index} className="whitespace-nowrap">
        {word}
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
