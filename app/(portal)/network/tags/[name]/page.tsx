import type { Metadata } from "next";
import { TagPage } from "@/components/network/tag-page";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { requireActor } from "@/lib/auth/gate";
import { readTag } from "@/lib/network/snapshots/read-tags-in-use";

type Props = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

/** One service tag of Azure ML over time. */
export default async function ServiceTagPage({ params }: Props) {
  const actor = await requireActor();
  const name = decodeURIComponent((await params).name);
  return (
    <Prefetched
      reads={[serverRead(actor, "GET /api/v1/network/tags/{name}", { params: { name } }, ({ params: asked }) => readTag(actor, asked))]}
    >
      <TagPage name={name} />
    </Prefetched>
  );
}
