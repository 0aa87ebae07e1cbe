import type { Metadata } from "next";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { pickFilters } from "@/components/ui/url-filters";
import { workspaceFilters, workspacesWhere } from "@/components/workspaces/queries";
import { WorkspaceList } from "@/components/workspaces/workspace-list";
import { requireActor } from "@/lib/auth/gate";
import { readWorkspaces } from "@/lib/workspaces/read";

export const metadata: Metadata = { title: "Workspaces" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The list of workspaces; its filters are the address. */
export default async function WorkspacesPage({ searchParams }: Props) {
  const actor = await requireActor();
  const where = workspacesWhere(pickFilters(workspaceFilters, await searchParams));
  return (
    <Prefetched reads={[serverRead(actor, "GET /api/v1/workspaces", where, ({ query }) => readWorkspaces(actor, query))]}>
      <WorkspaceList />
    </Prefetched>
  );
}
