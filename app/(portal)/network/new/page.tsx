import type { Metadata } from "next";
import { AuthorizeForm } from "@/components/network/authorize-form";
import { authorizeNames } from "@/components/network/authorize-draft";
import { pickFilters } from "@/components/ui/url-filters";
import { CannotAsk } from "@/components/requests/form/cannot-ask";
import { mayAsk } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/gate";

export const metadata: Metadata = { title: "Change authorized ranges" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The form of a change of authorized ranges. A link may fill it in. */
export default async function NewNetworkPage({ searchParams }: Props) {
  const actor = await requireActor();
  if (!mayAsk(actor)) return <CannotAsk />;
  const query = pickFilters(authorizeNames, await searchParams);
  return <AuthorizeForm key={JSON.stringify(query)} query={query} />;
}
