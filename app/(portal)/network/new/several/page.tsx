import type { Metadata } from "next";
import { SeveralForm } from "@/components/network/several-form";
import { CannotAsk } from "@/components/requests/form/cannot-ask";
import { mayAsk } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/gate";

export const metadata: Metadata = { title: "Change authorized ranges of several clusters" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The form of the same change for several clusters. A link names them, each as `cluster`. */
export default async function NewSeveralPage({ searchParams }: Props) {
  const actor = await requireActor();
  if (!mayAsk(actor)) return <CannotAsk />;
  const { cluster } = await searchParams;
  const clusterIds = [cluster ?? []].flat();
  return <SeveralForm key={clusterIds.join()} clusterIds={clusterIds} />;
}
