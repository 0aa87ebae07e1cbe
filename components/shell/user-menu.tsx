"use client";
import { ChevronDown, LogOut } from "@/components/ui/icons";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { KeySwitch } from "./key-switch";
import type { Me } from "./me";
import { NotificationOptIn } from "./notifications";
import { SignOutDialog } from "./sign-out-lazily";
import type { Theme } from "./theme";
import { ThemeSwitch } from "./theme-switch";

/** Who is signed in, with which portal roles; theme, notices and the way out. */
export function UserMenu({ me, theme }: { me: Me; theme: Theme }) {
  const [leaving, setLeaving] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  // The menu closes under the dialog, so the focus cannot return to where it was.
  const stay = (): void => {
    setLeaving(false);
    opener.current?.focus();
  };
  return (
    <>
      <button
        type="button"
        ref={opener}
        popoverTarget="user-menu"
        aria-label={`Account of ${me.name}`}
        className="flex h-9 items-center gap-2 rounded-md px-1.5 hover:bg-hover"
      >
        <span aria-hidden className="inline-flex size-7 items-center justify-center rounded-full bg-brand text-xs font-semibold text-white">
          {initials(me.name)}
        </span>
        <span className="hidden text-left leading-tight sm:block">
          <span className="block font-medium">{me.name}</span>
          <span className="block text-2xs text-ink-3">{me.portalRoles.join(", ") || "no portal role"}</span>
        </span>
        <ChevronDown aria-hidden className="size-3.5 text-ink-3" />
      </button>
      <Popover
        id="user-menu"
        className="fixed top-18 right-3 left-auto m-0 w-72 supports-[position-area:block-end]:inset-auto supports-[position-area:block-end]:[position-area:block-end_span-inline-start] rounded-lg border border-line bg-raised p-3 text-ink shadow-high"
      >
        <p className="font-semibold">{me.name}</p>
        <p className="text-xs break-all text-ink-3">{me.upn}</p>
        <p className="mt-2 text-xs text-ink-3">Portal roles</p>
        <p>{me.portalRoles.join(", ") || "none"}</p>
        <div className="mt-3 space-y-3 border-t border-line pt-3">
          <ThemeSwitch theme={theme} />
          <KeySwitch />
          <NotificationOptIn />
        </div>
        <div className="mt-3 border-t border-line pt-3">
          <Button icon={LogOut} className="w-full" onClick={() => setLeaving(true)}>
            Sign out…
          </Button>
        </div>
      </Popover>
      {leaving && <SignOutDialog open onClose={stay} />}
    </>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase() ?? "").join("") || "?";
}
