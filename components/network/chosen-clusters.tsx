import { Button, LinkButton } from "@/components/ui/button";
import type { FleetCoverage } from "./queries";
import { severalLink, withCluster } from "./several-draft";

export type FleetCluster = FleetCoverage["items"][number];

/** Whether a request could let in what the cluster lacks. */
export const isAskable = ({ state, lacking }: FleetCluster): boolean => (state === "partly" || state === "missing") && lacking > 0;

/** Which clusters are chosen for one request over several, on whatever page of the list, and the way to its form. */
export function ChosenClusters({
  items,
  chosen,
  onChoose,
}: {
  items: FleetCluster[];
  chosen: readonly string[];
  onChoose: (ids: readonly string[]) => void;
}) {
  const askable = items.filter(isAskable).map(({ id }) => id);
  const more = askable.filter((id) => !chosen.includes(id)).length > 0;
  if (askable.length === 0 && chosen.length === 0) return null;
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-2 border-b border-line px-3 py-1">
      <span aria-live="polite" className="text-ink-3">
        {chosen.length === 0 ? "Choose clusters to let in what they lack." : `${chosen.length} chosen`}
      </span>
      {more && (
        <Button size="sm" onClick={() => onChoose(withCluster(chosen, askable))}>
          Choose all that lack ranges here
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
