import clsx from "clsx";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import type { Icon } from "./icons";

type Look = { kind?: "primary" | "secondary" | "quiet" | "danger"; size?: "sm" | "md"; icon?: Icon };

const kinds = {
  primary: "bg-brand border-transparent text-white hover:bg-brand-hover",
  secondary: "bg-surface border-line-strong text-ink hover:bg-hover",
  quiet: "bg-transparent border-transparent text-ink-2 hover:bg-hover hover:text-ink",
  danger: "bg-danger-solid border-transparent text-white hover:bg-danger-solid-hover",
} as const;
const sizes = { sm: "h-6 px-2 text-xs gap-1", md: "h-8 px-3 text-sm gap-1.5" } as const;

function classOf({ kind = "secondary", size = "md" }: Look, more?: string): string {
  return clsx(
    "inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap select-none",
    "disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-ink-3",
    sizes[size],
    kinds[kind],
    more,
  );
}

type ButtonProps = Look & Omit<ComponentProps<"button">, "children"> & { children: ReactNode; busy?: boolean };

/** A button. `busy` disables it and says so; give the reason of a disabled button with `<Reasoned>`. */
export function Button({ kind, size, icon: Icon, busy = false, className, children, disabled, type = "button", ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} disabled={disabled || busy} aria-busy={busy || undefined} className={classOf({ kind, size }, className)}>
      {busy ? <Spinner /> : Icon && <Icon aria-hidden className="size-4 shrink-0" />}
      {children}
    </button>
  );
}

/** A link that looks like a button: for what navigates. */
export function LinkButton({ kind, size, icon: Icon, className, children, ...rest }: Look & ComponentProps<typeof Link>) {
  return (
    <Link {...rest} className={classOf({ kind, size }, className)}>
      {Icon && <Icon aria-hidden className="size-4 shrink-0" />}
      {children}
    </Link>
  );
}

/** A plain anchor that looks like a button: for navigations that leave the app router (sign-in, downloads). */
export function AnchorButton({ kind, size, icon: Icon, className, children, ...rest }: Look & ComponentProps<"a">) {
  return (
    <a {...rest} className={classOf({ kind, size }, className)}>
      {Icon && <Icon aria-hidden className="size-4 shrink-0" />}
      {children}
    </a>
  );
}

/** Something turns: Bindery works on it. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx("inline-block size-3.5 shrink-0 animate-spin rounded-full border-2 border-current border-r-transparent", className)}
    />
  );
}
