"use client";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";
import type { Outcome } from "./queries";

/** What became of each request in the decision that was just made: those that dropped out first, and why. */
export function Outcomes({ outcomes }: { outcomes: Outcome[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed may be far below, and what dropped out has to be seen.
    if (outcomes.length > 0) box.current?.focus();
  }, [outcomes]);
  if (outcomes.length === 0) return null;
  const dropped = outcomes.filter((one) => one.dropped !== null);
  const decided = outcomes.flatMap(({ decided: what, ...about }) => (what === null ? [] : [{ ...about, ...what }]));
  return (
    <div ref={box} tabIndex={-1} className="scroll-mt-20 space-y-3 rounded-lg outline-none">
      {dropped.length > 0 && (
        <Notice tone="warning" live title={dropped.length === 1 ? "One dropped out" : `${dropped.length} dropped out`}>
          <ul className="space-y-1.5">
            {dropped.map(({ id, number, clusterName, dropped: why }) => (
              <li key={id}>
                <RequestLink id={id} number={number} clusterName={clusterName} />: {why?.detail} {why?.changes === undefined && why?.remedy}
                {why?.changes !== undefined && (
                  <ul className="list-disc pl-4 text-xs">
                    {why.changes.map((change) => (
                      <li key={change} className="break-words">
                        {change}
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {decided.length > 0 && (
        <Notice tone="success" live title={decided.length === 1 ? "One is decided" : `${decided.length} are decided`}>
          <ul>
            {decided.map(({ id, number, clusterName, state, runId }) => (
              <li key={id}>
                <RequestLink id={id} number={number} clusterName={clusterName} />: {stateWords[state] ?? state}
                {runId !== null && (
                  <>
                    ;{" "}
                    <Link href={`/runs/${runId}`} className="text-brand-ink underline">
                      its run begins
                    </Link>
                  </>
                )}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

const stateWords: Record<string, string> = {
  approved: "approved",
  rejected: "rejected",
  waiting: "your approval counts; more are needed",
};

function RequestLink({ id, number, clusterName }: Pick<Outcome, "id" | "number" | "clusterName">) {
  return (
    <Link href={`/requests/${id}`} className="text-brand-ink underline">
      <span className="num">#{number}</span> {clusterName}
    </Link>
  );
}
