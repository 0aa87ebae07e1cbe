import type { ReactNode } from "react";
import type { Icon } from "./icons";

/** Nothing here: why, and what to do next. */
export function Empty({ icon: Icon, title, children, action }: { icon: Icon; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-8 text-center">
      <Icon aria-hidden className="mb-1 size-6 text-ink-3" />
      <p className="font-semibold">{title}</p>
      {children && <div className="max-w-md text-balance text-ink-3">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
