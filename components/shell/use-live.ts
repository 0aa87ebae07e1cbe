"use client";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Change } from "@/lib/db/notify";
import { urlOf } from "@/lib/http/api";
import type { RouteKey } from "@/lib/http/contract";

/** How a page learns of changes: pushed, or asked for each 15 s while the stream is away, or not at all in a hidden tab. */
export type LiveState = "live" | "polling" | "hidden";

const pollMs = 15_000;

/** Reads that a change of each type may touch. */
const touched: Record<Change["type"], readonly RouteKey[]> = {
  request: [
    "GET /api/v1/requests",
    "GET /api/v1/requests/{id}",
    "GET /api/v1/batches/{id}",
    "GET /api/v1/me",
    "GET /api/v1/clusters/{subscription}/{group}/{name}",
    "GET /api/v1/workspaces/{subscription}/{group}/{name}",
  ],
  run: [
    "GET /api/v1/runs",
    "GET /api/v1/runs/{id}",
    "GET /api/v1/requests",
    "GET /api/v1/requests/{id}",
    "GET /api/v1/batches/{id}",
    "GET /api/v1/bindings",
    "GET /api/v1/me",
    "GET /api/v1/clusters/{subscription}/{group}/{name}",
    "GET /api/v1/clusters/{subscription}/{group}/{name}/network",
    "GET /api/v1/network/clusters",
    "GET /api/v1/workspaces/{subscription}/{group}/{name}",
  ],
  setting: [
    "GET /api/v1/settings",
    "GET /api/v1/me",
    "GET /api/v1/policies",
    "GET /api/v1/network/tags",
    "GET /api/v1/network/tags/{name}",
    "GET /api/v1/network/snapshots",
    "GET /api/v1/network/clusters",
    "GET /api/v1/clusters/{subscription}/{group}/{name}/network",
  ],
};

/**
 * Follows the server's event stream, one for the tab, and marks what changed as stale, so that what is on screen is read again. While the
 * stream is away everything on screen is read again each 15 s. A hidden tab closes its stream and catches up when it is shown; where the
 * person wants notices, one hidden tab of all keeps its stream and reads the counts alone.
 */
export function useLive(): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>("live");
  useEffect(() => follow(client, setState), [client]);
  return state;
}

function follow(client: QueryClient, tell: (state: LiveState) => void): () => void {
  let source: EventSource | null = null;
  const watch = makeNightWatch();
  const everything = (): void => void client.invalidateQueries();
  const close = (): void => {
    source?.close();
    source = null;
  };
  const latecomers = remember(client);
  const open = (): void => {
    close();
    source = new EventSource(urlOf("GET /api/v1/events"));
    source.addEventListener("open", () => tell("live"));
    source.addEventListener("error", () => tell("polling"));
    source.addEventListener("resync", () => (document.hidden ? readCounts(client) : everything()));
    source.addEventListener("changed", (event: MessageEvent<string>) => {
      const change = JSON.parse(event.data) as Told;
      latecomers.note(change);
      if (document.hidden) readCounts(client);
      else void client.invalidateQueries({ predicate: ({ queryKey }) => touches(change, queryKey) });
    });
  };
  const hide = async (): Promise<void> => {
    if (await watch.take()) return;
    if (!document.hidden) return;
    close();
    tell("hidden");
  };
  const onVisibility = (): void => {
    if (document.hidden) return void hide();
    watch.leave();
    open();
    everything();
  };
  const timer = setInterval(() => {
    if (document.hidden || source?.readyState === EventSource.OPEN) return;
    everything();
    // A refusal ends a stream for good; without this a page would poll for ever.
    if (source === null || source.readyState === EventSource.CLOSED) open();
  }, pollMs);
  if (!document.hidden) open();
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onVisibility);
    watch.leave();
    latecomers.stop();
    close();
  };
}

type Told = Pick<Change, "type" | "id">;

/** How long a page may be under way from the server: what it brings may be older than a change that was told meanwhile. Ms. */
const underWayMs = 10_000;

/** Marks what arrives with a new page as stale when a change of it was told while the page was under way. */
function remember(client: QueryClient): { note: (change: Told) => void; stop: () => void } {
  let told: { change: Told; at: number }[] = [];
  const stop = client.getQueryCache().subscribe(({ type, query }) => {
    if (type !== "added" || !told.some(({ change, at }) => Date.now() - at < underWayMs && touches(change, query.queryKey))) return;
    // Not within the notice itself: the page is still being drawn.
    queueMicrotask(() => void client.invalidateQueries({ queryKey: query.queryKey, exact: true }));
  });
  const note = (change: Told): void => {
    told = [...told.filter(({ at }) => Date.now() - at < underWayMs), { change, at: Date.now() }];
  };
  return { note, stop };
}

/** The right of one hidden tab to keep its stream: browsers allow six connections to a server, and other tabs need theirs. */
function makeNightWatch(): { take: () => Promise<boolean>; leave: () => void } {
  let leave = (): void => undefined;
  const take = (): Promise<boolean> => {
    if (!("Notification" in window) || Notification.permission !== "granted") return Promise.resolve(false);
    return new Promise((answer) => {
      void navigator.locks.request("bindery-hidden-stream", { ifAvailable: true }, (lock) => {
        answer(lock !== null);
        if (lock === null) return undefined;
        return new Promise<void>((done) => {
          leave = done;
        });
      });
    });
  };
  return { take, leave: () => leave() };
}

function readCounts(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ["GET /api/v1/me"] });
}

function touches({ type, id }: Told, [route, where]: readonly unknown[]): boolean {
  if (!touched[type].includes(route as RouteKey)) return false;
  const own = (type === "run" && route === "GET /api/v1/runs/{id}") || (type === "request" && route === "GET /api/v1/requests/{id}");
  return !own || (where as { id?: string }).id === id;
}
