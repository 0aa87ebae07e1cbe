import type { Metadata } from "next";
import { prefillNames } from "@/components/requests/form/draft";
import { RequestForm } from "@/components/requests/form/request-form";
import { pickFilters } from "@/components/ui/url-filters";
import { CannotAsk } from "@/components/requests/form/cannot-ask";
import { mayAsk } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/gate";

export const metadata: Metadata = { title: "New request" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The form of a new request. A link may fill it in. */
export default async function NewRequestPage({ searchParams }: Props) {
  const actor = await requireActor();
  if (!mayAsk(actor)) return <CannotAsk />;
  const prefill = pickFilters(prefillNames, await searchParams);
  return <RequestForm key={JSON.stringify(prefill)} prefill={prefill} />;
}
