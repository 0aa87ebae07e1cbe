"use client";
import { keepPreviousData, useQuery, type UseQueryOptions } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { NoAnswer } from "./no-answer";
import { Pager, type Paged } from "./pager";
import type { Filters } from "./url-filters";
import { useFilters } from "./use-filters";

/** A list whose filters (`names`) stand in the address: those, the question they make, and its answer; the last page stays while the next is read. */
export function useList<const N extends string, T>(names: readonly N[], queryOf: (filters: Filters<N>) => UseQueryOptions<T>) {
  const address = useFilters(names);
  const query = useQuery({ ...queryOf(address.filters), placeholderData: keepPreviousData });
  return { ...address, query, isFiltered: Object.keys(address.filters).length > 0 };
}

type ListOf<P> = {
  query: { data: P | undefined; error: Error | null; refetch: () => unknown; isPlaceholderData: boolean };
  filters: { cursor?: string };
  hrefWith: (change: Record<string, string | undefined>) => string;
};
type Props<P> = { list: ListOf<P>; empty: ReactNode; children: (page: P, isBusy: boolean) => ReactNode };

/** The rows of a list that `children` draws, with the pages below them; `empty` where there are none; or why there is no answer. */
export function Rows<P extends Paged>({ list, empty, children }: Props<P>) {
  const { data, isPlaceholderData } = list.query;
  return (
    <>
      <NoAnswer query={list.query} />
      {data !== undefined && data.items.length === 0 && empty}
      {data !== undefined && data.items.length > 0 && (
        <>
          {children(data, isPlaceholderData)}
          <Pager page={data} list={list} />
        </>
      )}
    </>
  );
}
