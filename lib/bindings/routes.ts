import { BindingList, BindingListQuery } from "@/lib/clusters/schema";
import { type Route, readers } from "@/lib/http/route";

/** Routes of role bindings. */
export const bindingRoutes = {
  "GET /api/v1/bindings": {
    summary: "Role bindings: live beside approved",
    access: readers,
    query: BindingListQuery,
    response: BindingList,
  },
} as const satisfies Record<string, Route>;
