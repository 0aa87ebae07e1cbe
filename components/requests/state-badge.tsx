import { Badge } from "@/components/ui/badge";
import type { RequestState } from "@/lib/requests/state";
import { stateLooks } from "./words";

/** The state of a request. A text that is no known state is shown as it is. */
export function RequestStateBadge({ state }: { state: string }) {
  const look = stateLooks[state as RequestState];
  if (look === undefined) return <Badge tone="neutral">{state}</Badge>;
  return (
    <Badge tone={look.tone} icon={look.icon}>
      {look.word}
    </Badge>
  );
}
