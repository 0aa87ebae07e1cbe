import type { Metadata } from "next";
import { AuthorizeForm } from "@/components/network/authorize-form";
import { authorizeNames } from "@/components/network/authorize-draft";
import { Empty } from "@/components/ui/empty";
import { Lock } from "@/components/ui/icons";
import { pickFilters } from "@/components/ui/url-filters";
import { holds } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/gate";

export const metadata: Metadata = { title: "Change authorized ranges" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The form of a change of authorized ranges. A link may fill it in. */
export default async function NewNetworkPage({ searchParams }: Props) {
  const actor = await requireActor();
  if (!holds(actor, "Requester") && !holds(actor, "Approver")) {
    return (
      <Empty icon={Lock} title="You cannot ask">
        Requests are made with the portal role Requester or Approver. Ask your administrator to assign you one in Entra.
      </Empty>
    );
  }
  const query = pickFilters(authorizeNames, await searchParams);
  return <AuthorizeForm key={JSON.stringify(query)} query={query} />;
}
