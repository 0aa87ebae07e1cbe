"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem";
import { PageHeader } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { AskedAt, ReasonLine } from "../review/asked";
import { BatchCard } from "./batch-card";
import { BatchDecision } from "./batch-decision";
import { Outcomes } from "./outcomes";
import { type Batch, batchQuery, type BatchRequest, type Outcome } from "./queries";

/** Requests over several clusters that were asked for together: one review, and one decision over those that are chosen. */
export function BatchView({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(batchQuery(id));
  if (data === undefined) return error === null ? <SkeletonRows /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <Head batch={data} />
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      <Review key={id} batch={data} />
    </>
  );
}

const isOpen = ({ may }: BatchRequest): boolean => may.approve.allowed;

/**
 * The plans, and the decision over those that are chosen. What is chosen is a digest: a plan that took the place of another one since it was shown is
 * not, until somebody chooses it anew.
 */
function Review({ batch }: { batch: Batch }) {
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);
  const [picked, setPicked] = useState(() => new Map(batch.requests.filter(isOpen).map(({ id, digest }) => [id, digest])));
  const open = batch.requests.filter(isOpen);
  const isChosen = ({ id, digest }: BatchRequest): boolean => picked.has(id) && picked.get(id) === digest;
  const changed = open.filter((request) => picked.has(request.id) && !isChosen(request));
  const choose = ({ id, digest }: BatchRequest, isIn: boolean): void => {
    const next = new Map(picked);
    if (isIn) next.set(id, digest);
    else next.delete(id);
    setPicked(next);
  };
  return (
    <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_22.5rem]">
      <div className="min-w-0 space-y-3">
        <Outcomes outcomes={outcomes} />
        {batch.requests.map((request) => (
          <BatchCard
            key={request.id}
            request={request}
            chosen={isOpen(request) ? isChosen(request) : null}
            onChoose={(isIn) => choose(request, isIn)}
          />
        ))}
      </div>
      <div className="min-w-0 xl:sticky xl:top-15">
        <BatchDecision batch={batch} chosen={open.filter(isChosen)} changed={changed} onDecided={setOutcomes} />
      </div>
    </div>
  );
}

function Head({ batch: { requests, requesterName, mine, createdAt, ticket, reason } }: { batch: Batch }) {
  return (
    <>
      <PageHeader
        above={
          <span className="flex flex-wrap items-center gap-x-2">
            <Link href="/requests" className="text-brand-ink hover:underline">
              Requests
            </Link>
            <span aria-hidden>/</span>
            <span>
              Asked for together by {mine ? "you" : requesterName} <AskedAt iso={createdAt} ticket={ticket} />
            </span>
          </span>
        }
        title={`Authorized ranges of ${requests.length === 1 ? requests[0]?.clusterName : `${requests.length} clusters`}`}
        below="Those of the clusters that you may see. Each has a plan and a digest of its own; one that changed drops out of the decision alone."
      />
      <ReasonLine reason={reason} />
      {requests.some(({ voided, state }) => voided !== null && state === "waiting") && (
        <Notice tone="warning" className="mb-3" title="The facts of some clusters changed since they were asked for">
          Their former plans are void; what changed stands in each one below.
        </Notice>
      )}
    </>
  );
}
