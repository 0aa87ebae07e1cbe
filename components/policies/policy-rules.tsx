import type { PolicyAnswer } from "./queries";

/** The rules in sentences: when one applies, and what it asks for then. */
export function PolicyRules({ rules }: { rules: PolicyAnswer["rules"] }) {
  return (
    <ul>
      {rules.map(({ id, description, when, then }) => (
        <li key={id} className="border-b border-line px-3 py-2.5 last:border-0">
          <div className="flex flex-wrap items-baseline gap-x-2">
            <h3 className="font-semibold">{description}</h3>
            <code className="font-mono text-xs text-ink-3">{id}</code>
          </div>
          <div className="mt-1 grid gap-x-6 gap-y-1 md:grid-cols-2">
            <Sentences word="When" texts={when} />
            <Sentences word="Then" texts={then} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Sentences({ word, texts }: { word: string; texts: string[] }) {
  return (
    <div className="grid grid-cols-[3rem_minmax(0,1fr)]">
      <p className="text-ink-3">{word}</p>
      <ul className="space-y-0.5 text-ink-2">
        {texts.map((text) => (
          <li key={text} className="break-words">
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
