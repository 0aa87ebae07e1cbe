import type { Metadata } from "next";
import { BindingList } from "@/components/bindings/binding-list";
import { bindingFilters, bindingsWhere } from "@/components/bindings/queries";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { pickFilters } from "@/components/ui/url-filters";
import { requireActor } from "@/lib/auth/gate";
import { readBindings } from "@/lib/bindings/read";

export const metadata: Metadata = { title: "Role bindings" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The list of role bindings; its filters are the address. */
export default async function BindingsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const where = bindingsWhere(pickFilters(bindingFilters, await searchParams));
  return (
    <Prefetched reads={[serverRead(actor, "GET /api/v1/bindings", where, ({ query }) => readBindings(actor, query))]}>
      <BindingList />
    </Prefetched>
  );
}
