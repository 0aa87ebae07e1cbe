"use client";
import { Menu, Plus, WifiOff, X } from "@/components/ui/icons";
import Link from "next/link";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { Banners } from "./banners";
import { Mark } from "./mark";
import { type Me, useMe, waitingCount } from "./me";
import { NavLinks } from "./nav";
import { useNotices } from "./notifications";
import type { Theme } from "./theme";
import { useHeadingFocus } from "./use-heading-focus";
import { useKeys } from "./use-keys";
import { type LiveState, useLive } from "./use-live";
import { useWaitingCount } from "./use-waiting-count";
import { UserMenu } from "./user-menu";

/** What stands around every page of the portal: banners, top bar, side navigation. `me` is what the layout read on the server. */
export function Chrome({ me: first, theme, children }: { me: Me; theme: Theme; children: ReactNode }) {
  const me = useMe() ?? first;
  const live = useLive();
  useKeys();
  useHeadingFocus();
  useNotices(me);
  useWaitingCount(waitingCount(me) ?? 0);
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-brand focus:px-3 focus:py-2 focus:text-white"
      >
        Skip to the content
      </a>
      <Banners me={me} />
      <TopBar me={me} theme={theme} live={live} />
      <div className="mx-auto flex w-full max-w-[110rem]">
        <div className="sticky top-12 hidden h-[calc(100dvh-3rem)] w-52 shrink-0 overflow-y-auto border-r border-line p-2 md:block">
          <NavLinks me={me} label="Main" />
        </div>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-3 py-4 outline-none sm:px-5">
          {children}
        </main>
      </div>
    </>
  );
}

function TopBar({ me, theme, live }: { me: Me; theme: Theme; live: LiveState }) {
  return (
    <header className="sticky top-0 z-40 flex h-12 items-center justify-between gap-3 border-b border-line bg-surface px-3">
      <div className="flex items-center gap-2">
        <button
          type="button"
          popoverTarget="small-nav"
          aria-label="Pages"
          className="inline-flex size-9 items-center justify-center rounded-md hover:bg-hover md:hidden"
        >
          <Menu aria-hidden className="size-5" />
        </button>
        <Popover
          id="small-nav"
          className="fixed inset-y-0 left-0 m-0 h-dvh max-h-none w-64 border-r border-line bg-raised p-3 text-ink shadow-high backdrop:bg-black/45"
        >
          <div className="mb-2 flex items-center justify-between gap-2 pl-2.5 text-base font-semibold tracking-tight">
            <span className="flex items-center gap-2">
              <Mark />
              Bindery
            </span>
            <button
              type="button"
              popoverTarget="small-nav"
              popoverTargetAction="hide"
              aria-label="Close the pages"
              className="inline-flex size-9 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </button>
          </div>
          <NavLinks me={me} label="Pages" onGo={() => document.getElementById("small-nav")?.hidePopover()} />
        </Popover>
        <Link href="/" className="flex items-center gap-2 rounded-md text-base font-semibold tracking-tight">
          <Mark />
          Bindery
        </Link>
      </div>
      <div className="flex items-center gap-2">
        <Connection live={live} />
        {me.can.ask && (
          <LinkButton href="/requests/new" kind="primary" icon={Plus}>
            <span className="sr-only sm:not-sr-only">New request</span>
          </LinkButton>
        )}
        <UserMenu me={me} theme={theme} />
      </div>
    </header>
  );
}

function Connection({ live }: { live: LiveState }) {
  return (
    <output className="text-xs text-ink-3">
      {live === "polling" && (
        <span
          className="inline-flex items-center gap-1"
          title="The stream of changes is away; this page looks for itself every 15 seconds."
        >
          <WifiOff aria-hidden className="size-3.5" />
          <span className="sr-only sm:not-sr-only">Reads every 15 s</span>
        </span>
      )}
    </output>
  );
}
