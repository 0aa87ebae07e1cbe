"use client";
import { useQuery } from "@tanstack/react-query";
import type { Answer } from "@/lib/http/contract";
import { queryOf } from "./query";

export type Me = Answer<"GET /api/v1/me">;

/** Who is signed in, from the cache that the portal's layout filled; undefined only while that is being read again after an error. */
export function useMe(): Me | undefined {
  return useQuery(queryOf("GET /api/v1/me")).data;
}

/** How many things wait for this person; null while nobody knows. */
export function waitingCount({ counts }: Me): number | null {
  return counts === null ? null : counts.waitingForMe + counts.runsNeedMe;
}
