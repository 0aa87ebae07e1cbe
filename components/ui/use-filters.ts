"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { type Filters, pickFilters, withFilters } from "./url-filters";

/** The filters in the address, a setter that replaces the address, and the address that a change would give (for links). */
export function useFilters<const N extends string>(names: readonly N[]) {
  const params = useSearchParams();
  const path = usePathname();
  const router = useRouter();
  const filters = useMemo<Filters<N>>(() => pickFilters(names, params), [names, params]);
  const hrefWith = useCallback(
    (change: Record<string, string | undefined>) => withFilters(path, filters as Record<string, string | undefined>, change),
    [path, filters],
  );
  const setFilters = useCallback((change: Filters<N>) => router.replace(hrefWith(change), { scroll: false }), [router, hrefWith]);
  return { filters, setFilters, hrefWith };
}
