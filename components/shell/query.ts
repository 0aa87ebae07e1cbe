import { QueryClient } from "@tanstack/react-query";
import type { Answer, RouteKey } from "@/lib/http/contract";
import { api, ApiError, apiKey, type Where } from "@/lib/http/api";

/** A cache with the manners of the house: data count as fresh for 10 s, only unreached or busy servers are asked again by themselves. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) => count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502),
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  });
}

/** Options of `useQuery` for a read of the API; the server fills the same key. */
export function queryOf<K extends RouteKey>(key: K, where?: Where<K>) {
  return {
    queryKey: apiKey(key, where as never),
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<Answer<K>> => api(key, { ...where, signal } as never),
  };
}
