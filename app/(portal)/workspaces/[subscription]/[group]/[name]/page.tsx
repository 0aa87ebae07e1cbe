import type { Metadata } from "next";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import type { WorkspaceAddress } from "@/components/workspaces/queries";
import { WorkspacePage } from "@/components/workspaces/workspace-page";
import { requireActor } from "@/lib/auth/gate";
import { readWorkspace } from "@/lib/workspaces/read";

type Props = { params: Promise<WorkspaceAddress> };

/** The parts of an address arrive encoded. */
async function addressOf(params: Props["params"]): Promise<WorkspaceAddress> {
  const { subscription, group, name } = await params;
  return { subscription: decodeURIComponent(subscription), group: decodeURIComponent(group), name: decodeURIComponent(name) };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await addressOf(params)).name };
}

/** One workspace. */
export default async function OneWorkspacePage({ params }: Props) {
  const actor = await requireActor();
  const address = await addressOf(params);
  const read = serverRead(actor, "GET /api/v1/workspaces/{subscription}/{group}/{name}", { params: address }, (given) =>
    readWorkspace(actor, given.params),
  );
  return (
    <Prefetched reads={[read]}>
      <WorkspacePage address={address} />
    </Prefetched>
  );
}
