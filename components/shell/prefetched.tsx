import "server-only";
import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import type { z } from "zod";
import { type Actor, holds } from "@/lib/auth/actor";
import { apiKey, type Where } from "@/lib/http/api";
import { type Answer, type ParamsOf, type QueryOut, type RouteKey, routes } from "@/lib/http/contract";
import type { Access, Route } from "@/lib/http/route";
import { isBinderyError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { makeQueryClient } from "./query";

/** One read that a page does on the server, for the cache of the browser; null: the browser asks itself. */
export type ServerRead = { queryKey: readonly unknown[]; data: unknown } | null;

/**
 * Does a read of the contract on the server, as the route would: portal role first, then the parsed query and parameters. A thing that does
 * not exist, or an address that names none, is the page "not found". Any other expected refusal is left to the browser's own call, which
 * shows it with its remedy.
 */
export async function serverRead<K extends RouteKey>(
  actor: Actor,
  key: K,
  where: Where<K>,
  read: (given: { query: QueryOut<K>; params: ParamsOf<K> }) => Promise<Answer<K>>,
): Promise<ServerRead> {
  const route: Route = routes[key];
  if (!mayCall(actor, route.access)) return null;
  const params = parsed(route.params, where.params);
  if (params === null) return notFound();
  const query = parsed(route.query, where.query ?? {});
  if (query === null) return null;
  try {
    return { queryKey: apiKey(key, where as never), data: await read({ query: query.value, params: params.value } as never) };
  } catch (error) {
    if (!isBinderyError(error)) throw error;
    if (error.code === "not_found") return notFound();
    log("info", "page-read-refused", { route: key, code: error.code });
    return null;
  }
}

function mayCall(actor: Actor, access: Access): boolean {
  if (access === "public" || access === "signed-in") return true;
  return access.some((role) => holds(actor, role));
}

function parsed(schema: z.ZodType | undefined, given: unknown): { value: unknown } | null {
  if (schema === undefined) return { value: undefined };
  const result = schema.safeParse(given);
  return result.success ? { value: result.data } : null;
}

/** Hands finished server reads to the browser's cache, so that it draws without a second trip. */
export async function Prefetched({ reads, children }: { reads: Promise<ServerRead>[]; children: ReactNode }) {
  const client = makeQueryClient();
  for (const done of await Promise.all(reads)) if (done !== null) client.setQueryData(done.queryKey, done.data);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
