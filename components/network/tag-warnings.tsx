"use client";
import { lazy, Suspense, useState } from "react";
import { useMe } from "@/components/shell/me";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { At } from "@/components/ui/time";
import type { TagWarning } from "./queries";
import { TagLink } from "./tag-link";
import { lossWords } from "./words";

const linesShown = 5;
/** Fetched when an administrator asks for it: no page needs it before. */
const AcceptWarnings = lazy(() => import("./accept-warnings").then((module) => ({ default: module.AcceptWarnings })));

/** Tags that vanished or lost ranges, that this stops removals, and the way to take it as true for those who may. `count`: of all, where not all are given. */
export function TagWarnings({ warnings, count = warnings.length }: { warnings: readonly TagWarning[]; count?: number }) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const mayAccept = useMe()?.can.administer === true;
  if (count === 0) return null;
  return (
    <Notice
      tone="warning"
      title={count === 1 ? "A service tag lost ranges" : `${count} service tags lost ranges`}
      actions={
        mayAccept && (
          <Button
            size="sm"
            onClick={() => {
              setOpen(true);
              setWasOpen(true);
            }}
          >
            Accept…
          </Button>
        )
      }
    >
      <ul className="list-disc pl-4">
        {warnings.slice(0, linesShown).map((warning) => (
          <li key={warning.id}>
            <TagLink name={warning.tag} inText /> {lossWords(warning)}, since <At iso={warning.since} />
          </li>
        ))}
        {count > linesShown && <li>and {count - linesShown} more</li>}
      </ul>
      <p>
        Until {count === 1 ? "it is" : "they are"} whole again, or an administrator of Bindery accepts the loss, no range is taken off a
        list on the word of {count === 1 ? "this tag" : "these tags"}.
      </p>
      {wasOpen && (
        <Suspense>
          <AcceptWarnings warnings={warnings} open={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </Notice>
  );
}
