import { queryOf } from "@/components/shell/query";
import type { Answer } from "@/lib/http/contract";

/** Requests that were asked for together, as their page reads them. */
export type Batch = Answer<"GET /api/v1/batches/{id}">;
export type BatchRequest = Batch["requests"][number];
/** What became of each in one decision. */
export type Outcome = Answer<"POST /api/v1/batches/{id}/decisions">["outcomes"][number];

export const batchQuery = (id: string) => queryOf("GET /api/v1/batches/{id}", { params: { id } });
