import { ProblemNotice } from "./problem";
import { SkeletonRows } from "./skeleton";

/** A question to the API, as `useQuery` gives it. */
type Asked = { data: unknown; error: Error | null; refetch: () => unknown };

/** Stands where an answer will: lines while it is awaited, or why there is none. An answer that could not be renewed stays, below the reason. */
export function NoAnswer({ query: { data, error, refetch }, ...skeleton }: { query: Asked; rows?: number; label?: string }) {
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  return data === undefined ? <SkeletonRows {...skeleton} /> : null;
}
