import clsx from "clsx";
import type { ReactNode } from "react";
import type { Icon } from "./icons";
import { toneIcon } from "./tone-icon";
import { type Tone, toneBox } from "./tone";

type Props = { tone: Tone; icon?: Icon; children: ReactNode; title?: string; className?: string };

/** A state: icon, word and colour together. `title` tells more on hover; it must not be needed to understand the word. */
export function Badge({ tone, icon, children, title, className }: Props) {
  const Icon = icon ?? toneIcon[tone];
  return (
    <span
      title={title}
      className={clsx(
        "inline-flex max-w-full items-center gap-1 rounded-md border px-1.5 py-px text-xs font-medium whitespace-nowrap",
        toneBox[tone],
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="self-baseline truncate">{children}</span>
    </span>
  );
}

/** A number that waits, beside a word. Nothing at zero. */
export function Count({ value, label }: { value: number; label: string }) {
  if (value === 0) return null;
  return (
    <span className="num inline-flex min-w-5 items-center justify-center rounded-full bg-brand px-1.5 text-2xs font-semibold text-white">
      <span className="sr-only">, </span>
      {value > 99 ? "99+" : value}
      <span className="sr-only"> {label}</span>
    </span>
  );
}
