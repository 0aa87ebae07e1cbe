import clsx from "clsx";
import type { ReactNode } from "react";
import { toneIcon } from "./tone-icon";
import { type Tone, toneBox } from "./tone";

type Props = {
  tone: Exclude<Tone, "neutral">;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
  live?: boolean;
};

/** A message in its place: a title, what it means, what to do. `live` announces it when it appears by itself. */
export function Notice({ tone, title, children, actions, className, live = false }: Props) {
  const Icon = toneIcon[tone];
  const role = live ? (tone === "danger" ? "alert" : "status") : undefined;
  return (
    <div role={role} className={clsx("flex items-start gap-2 rounded-lg border px-3 py-2", toneBox[tone], className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-wrap gap-x-4 gap-y-2 text-ink">
        <div className="min-w-0 flex-1 basis-60">
          {title && <p className="font-semibold break-words">{title}</p>}
          {children && <div className="break-words text-ink-2">{children}</div>}
        </div>
        {actions && <div className="flex shrink-0 flex-wrap items-start gap-2">{actions}</div>}
      </div>
    </div>
  );
}
