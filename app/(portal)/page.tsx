import type { Metadata } from "next";
import { Fleet, Standings } from "@/components/overview/fleet";
import { Moving } from "@/components/overview/moving";
import { MyRequests } from "@/components/overview/my-requests";
import { NeedsMe } from "@/components/overview/needs-me";
import { movingRuns, myRequests, needsMeRuns, waitingRequests } from "@/components/overview/queries";
import { requestsWhere } from "@/components/requests/queries";
import { runsWhere } from "@/components/runs/queries";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { PageHeader } from "@/components/ui/section";
import type { Actor } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/gate";
import { readRequests } from "@/lib/requests/read";
import { readRuns } from "@/lib/runs/read";

export const metadata: Metadata = { title: "Overview" };

/** What needs this person, what moves, and how the fleet is. What comes from Azure is read by the browser, so that it holds nothing up. */
export default async function OverviewPage() {
  const actor = await requireActor();
  return (
    <Prefetched reads={readsOf(actor)}>
      <PageHeader title="Overview" />
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-3">
          <NeedsMe />
          <Moving />
        </div>
        <div className="grid min-w-0 gap-3">
          <Fleet />
          <Standings />
          <MyRequests />
        </div>
      </div>
    </Prefetched>
  );
}

function readsOf(actor: Actor) {
  const requests = [waitingRequests, myRequests].map((filters) =>
    serverRead(actor, "GET /api/v1/requests", requestsWhere(filters), ({ query }) => readRequests(actor, query)),
  );
  const runs = [needsMeRuns, movingRuns].map((filters) =>
    serverRead(actor, "GET /api/v1/runs", runsWhere(filters), ({ query }) => readRuns(actor, query)),
  );
  return [...requests, ...runs];
}
