import { FlaskConical, PauseCircle } from "@/components/ui/icons";
import Link from "next/link";
import { absolute } from "@/components/ui/time-words";
import type { Me } from "./me";

/** Lines above every page: the cloud is not Azure; writes are paused. */
export function Banners({ me: { cloud, writesPaused } }: { me: Me }) {
  if (cloud.notice === null && writesPaused === null) return null;
  return (
    <aside aria-label="Notices">
      {cloud.notice !== null && (
        <p className="flex items-center justify-center gap-2 border-b border-brand-line bg-brand-tint px-4 py-1 text-center text-xs text-brand-ink">
          <FlaskConical aria-hidden className="size-3.5 shrink-0" />
          {cloud.notice}
        </p>
      )}
      {writesPaused !== null && (
        <output className="flex items-center justify-center gap-2 border-b border-warning-line bg-warning-tint px-4 py-1 text-center text-xs text-warning-ink">
          <PauseCircle aria-hidden className="size-3.5 shrink-0" />
          <span className="min-w-0">
            <span className="line-clamp-3 break-words">
              Writes to Azure are paused by {writesPaused.by} since {absolute(writesPaused.at)}: {writesPaused.reason}
            </span>
          </span>
          <Link href="/settings" className="shrink-0 font-semibold underline">
            Settings
          </Link>
        </output>
      )}
    </aside>
  );
}
