import type { Metadata } from "next";
import { DeployForm } from "@/components/deployments/form/deploy-form";
import { TeardownForm } from "@/components/deployments/form/teardown-form";
import { linkNames } from "@/components/deployments/link";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { pickFilters } from "@/components/ui/url-filters";
import { CannotAsk } from "@/components/requests/form/cannot-ask";
import { mayAsk } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/gate";
import { readSettings } from "@/lib/deployments/form/settings";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { kind } = await searchParams;
  return { title: kind === "ml-teardown" ? "Take Azure ML down" : "Deploy Azure ML" };
}

/** The form of a deployment or teardown. A link may fill in everything but what is secret. */
export default async function NewDeploymentPage({ searchParams }: Props) {
  const actor = await requireActor();
  if (!mayAsk(actor)) return <CannotAsk />;
  const { kind, ...query } = pickFilters(linkNames, await searchParams);
  const key = JSON.stringify([kind, query]);
  if (kind === "ml-teardown") return <TeardownForm key={key} query={query} />;
  return (
    <Prefetched reads={[serverRead(actor, "GET /api/v1/deployments/settings", {}, () => readSettings())]}>
      <DeployForm key={key} query={query} />
    </Prefetched>
  );
}
