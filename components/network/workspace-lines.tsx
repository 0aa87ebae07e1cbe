import Link from "next/link";
import { workspacePath } from "@/components/ui/arm-names";
import { Badge } from "@/components/ui/badge";
import type { CoverageDetail } from "./queries";
import { coverageLooks } from "./words";

/** How each workspace of the cluster fares by the list. */
export function WorkspaceLines({ workspaces }: { workspaces: CoverageDetail["workspaces"] }) {
  return (
    <ul className="space-y-2">
      {workspaces.map(({ id, name, region, state, isFallback, sentence }) => {
        const { tone, icon, word } = coverageLooks[state];
        return (
          <li key={id} className="flex flex-wrap items-start gap-x-3 gap-y-1">
            <Link href={workspacePath(id) ?? "/workspaces"} className="font-medium text-brand-ink hover:underline">
              {name}
            </Link>
            <span className="text-ink-3">{region}</span>
            <Badge tone={isFallback ? "neutral" : tone} icon={icon}>
              {isFallback ? `Fallback: ${word.toLowerCase()}` : word}
            </Badge>
            <p className="min-w-0 flex-1 basis-80 text-ink-3">{sentence}</p>
          </li>
        );
      })}
    </ul>
  );
}
