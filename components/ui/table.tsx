import clsx from "clsx";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

type TableProps = { label: string; head: ReactNode; children: ReactNode; className?: string; busy?: boolean };

/**
 * A dense table. On a narrow screen each row is a card, without the headings: cell under cell, see `<Td>`. Give the least width of the wide
 * form with `md:`; where that is wider than the page, it scrolls in its own box. `head` are `<Th>`s, children are `<Tr>`s.
 */
export function Table({ label, head, children, className, busy = false }: TableProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the box scrolls, so the keyboard must reach it
    <section aria-label={`${label}: table`} tabIndex={0} className="relative overflow-x-auto">
      <table aria-busy={busy || undefined} className={clsx("card-rows w-full border-collapse text-left", busy && "opacity-60", className)}>
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b border-line bg-sunken text-xs text-ink-3">{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

/** Column heading. `end` for numbers. */
export function Th({ children, end = false, className }: { children: ReactNode; end?: boolean; className?: string }) {
  return (
    <th scope="col" className={clsx("px-3 py-1.5 font-medium whitespace-nowrap", end && "text-right", className)}>
      {children}
    </th>
  );
}

/** A row. With a `<RowLink>` inside, the whole row leads there. */
export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      {...rest}
      className={clsx("relative border-b border-line last:border-0 hover:bg-hover has-[a:focus-visible]:bg-hover", className)}
    />
  );
}

type TdProps = ComponentProps<"td"> & { end?: boolean; beside?: boolean; label?: string };

/** A cell. `end` for numbers. In a card: `beside` lets it share a line with its neighbours, `label` says what its heading would. */
export function Td({ end = false, beside = false, label, className, ...rest }: TdProps) {
  return (
    <td
      {...rest}
      data-beside={beside || undefined}
      data-label={label}
      className={clsx("px-3 py-1.5 align-top", end && "num text-right", className)}
    />
  );
}

/** The link of a row: it covers the row, and the arrow keys j and k move between such links. Other controls in the row need `relative z-10`. */
export function RowLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...rest}
      data-row-link
      className={clsx("font-medium text-brand-ink hover:underline after:absolute after:inset-0 after:content-['']", className)}
    />
  );
}
