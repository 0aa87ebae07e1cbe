import type { Metadata } from "next";
import { Lock } from "@/components/ui/icons";
import { prefillNames } from "@/components/requests/form/draft";
import { RequestForm } from "@/components/requests/form/request-form";
import { Empty } from "@/components/ui/empty";
import { pickFilters } from "@/components/ui/url-filters";
import { holds } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/gate";

export const metadata: Metadata = { title: "New request" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The form of a new request. A link may fill it in. */
export default async function NewRequestPage({ searchParams }: Props) {
  const actor = await requireActor();
  if (!holds(actor, "Requester") && !holds(actor, "Approver")) {
    return (
      <Empty icon={Lock} title="You cannot ask">
        Requests are made with the portal role Requester or Approver. Ask your administrator to assign you one in Entra.
      </Empty>
    );
  }
  const prefill = pickFilters(prefillNames, await searchParams);
  return <RequestForm key={JSON.stringify(prefill)} prefill={prefill} />;
}
