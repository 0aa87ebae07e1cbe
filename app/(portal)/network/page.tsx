import type { Metadata } from "next";
import { TagsPage } from "@/components/network/tags-page";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { requireActor } from "@/lib/auth/gate";
import { readTagsInUse } from "@/lib/network/snapshots/read-tags-in-use";

export const metadata: Metadata = { title: "Network" };

/** The addresses that Azure ML calls from. */
export default async function NetworkPage() {
  const actor = await requireActor();
  return (
    <Prefetched reads={[serverRead(actor, "GET /api/v1/network/tags", {}, () => readTagsInUse(actor))]}>
      <TagsPage />
    </Prefetched>
  );
}
