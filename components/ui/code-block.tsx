import { CopyButton } from "./copy-button";

/** Text for machines, with a copy button. Scrolls inside its box. `what` names it: "az commands". */
export function CodeBlock({ text, what, maxHeight = "max-h-80" }: { text: string; what: string; maxHeight?: string }) {
  return (
    <div className="relative rounded-md border border-line bg-sunken">
      <div className="absolute top-1 right-1 rounded-md bg-sunken">
        <CopyButton text={text} what={what} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the box scrolls, so the keyboard must reach it */}
      <pre tabIndex={0} aria-label={what} className={`overflow-auto p-2 pr-9 font-mono text-xs ${maxHeight}`}>
        {text}
      </pre>
    </div>
  );
}

/** A value as indented JSON. */
export function Json({ value, what }: { value: unknown; what: string }) {
  return <CodeBlock text={JSON.stringify(value, null, 2)} what={what} />;
}
