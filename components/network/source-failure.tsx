import { Notice } from "@/components/ui/notice";
import { At, Time } from "@/components/ui/time";
import type { TagsInUse } from "./queries";

/** That the worker could not read the weekly file, why, and since when it could not. */
export function SourceFailure({ source }: Pick<TagsInUse, "source">) {
  if (source === null || source.failure === null) return null;
  return (
    <Notice tone="warning" title="The weekly file could not be read">
      <p>{source.failure}</p>
      <p className="text-xs text-ink-3">
        From {source.place}.
        {source.triedAt !== null && (
          <>
            {" "}
            Last tried <Time iso={source.triedAt} />.
          </>
        )}{" "}
        {source.readAt === null ? (
          "It was never read."
        ) : (
          <>
            Last read <At iso={source.readAt} />.
          </>
        )}
      </p>
    </Notice>
  );
}
