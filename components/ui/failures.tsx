import { Notice } from "./notice";

/** A part of a list that could not be read, and why. */
export type Failure = { scope: string; scopeName: string; state: string; message: string };

/** Parts of a list that could not be read: named, never counted as zero. Nothing when everything was read. */
export function Failures({ failures, what }: { failures: Failure[]; what: string }) {
  if (failures.length === 0) return null;
  return (
    <Notice tone="warning" title={`Some ${what} could not be read, so this list is not complete`}>
      <ul className="list-disc pl-4">
        {failures.map((failure) => (
          <li key={failure.scope + failure.state}>
            <span className="font-medium text-ink">{failure.scopeName}</span>: {failure.message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
