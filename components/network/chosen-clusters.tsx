import { Button, LinkButton } from "@/components/ui/button";
import type { FleetCoverage } from "./queries";
import { mostClusters } from "@/lib/requests/batch/limits";
import { hasCluster, severalLink, withCluster } from "./several-draft";

export type FleetCluster = FleetCoverage["items"][number];

/** Whether a request could let in what the cluster lacks. */
export const isAskable = ({ state, lacking }: FleetCluster): boolean => (state === "partly" || state === "missing") && lacking > 0;

type Props = { items: FleetCluster[]; chosen: readonly string[]; onChoose: (ids: readonly string[]) => void };

/** Which clusters are chosen for one request over several, on whatever page of the list, and the way to its form. */
export function ChosenClusters({ items, chosen, onChoose }: Props) {
  const more = items.filter((one) => isAskable(one) && !hasCluster(chosen, one.id)).map(({ id }) => id);
  if (more.length === 0 && chosen.length === 0) return null;
  const isFull = chosen.length >= mostClusters;
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-2 rounded-lg border border-line bg-surface px-3 py-1">
      <output className="text-ink-3">
        {chosen.length === 0 ? "Choose clusters to let in what they lack." : `${chosen.length} chosen${isFull ? ", the most at once" : ""}`}
      </output>
      {more.length > 0 && !isFull && (
        <Button size="sm" onClick={() => onChoose(withCluster(chosen, more).slice(0, mostClusters))}>
          {chosen.length + more.length > mostClusters
            ? `Choose the first ${mostClusters} that lack ranges`
            : "Choose all that lack ranges here"}
        </Button>
      )}
      {chosen.length > 0 && (
        <>
          <Button size="sm" kind="quiet" onClick={() => onChoose([])}>
            Choose none
          </Button>
          <LinkButton size="sm" kind="primary" href={severalLink(chosen)}>
            {chosen.length === 1 ? "Change its list" : `Change the lists of ${chosen.length}`}
          </LinkButton>
        </>
      )}
    </div>
  );
}
