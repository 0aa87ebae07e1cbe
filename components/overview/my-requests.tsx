"use client";
import { useQuery } from "@tanstack/react-query";
import { FileText } from "@/components/ui/icons";
import Link from "next/link";
import { requestsQuery } from "@/components/requests/queries";
import { RequestStateBadge } from "@/components/requests/state-badge";
import { useMe } from "@/components/shell/me";
import { Empty } from "@/components/ui/empty";
import { NoAnswer } from "@/components/ui/no-answer";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { myRequests } from "./queries";
import { Names } from "@/components/ui/names";

/** The newest of what this person asked for. */
export function MyRequests() {
  const query = useQuery(requestsQuery(myRequests));
  const { data } = query;
  const mayAsk = useMe()?.can.ask === true;
  if (!mayAsk && data?.items.length === 0) return null;
  return (
    <Section
      title="You asked for"
      aside={
        <Link href="/requests?view=mine" className="text-brand-ink hover:underline">
          All of yours
        </Link>
      }
      flush
    >
      <NoAnswer query={query} rows={3} />
      {data?.items.length === 0 && (
        <Empty icon={FileText} title="You have asked for nothing yet">
          Your requests and their states show up here.
        </Empty>
      )}
      <ul className="divide-y divide-line">
        {data?.items.map((request) => (
          <li key={request.id} className="relative flex items-start justify-between gap-3 px-3 py-1.5 hover:bg-hover">
            <span className="min-w-0">
              <Link
                href={`/requests/${request.id}`}
                className="font-medium text-brand-ink hover:underline after:absolute after:inset-0 after:content-['']"
              >
                <Names text={request.sentence} />
              </Link>
              <span className="block text-xs text-ink-3">
                #{request.number}, <Time iso={request.createdAt} />
              </span>
            </span>
            <RequestStateBadge state={request.state} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
