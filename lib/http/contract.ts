import type { z } from "zod";
import { auditRoutes } from "@/lib/audit/routes";
import { sessionRoutes } from "@/lib/auth/routes";
import { bindingRoutes } from "@/lib/bindings/routes";
import { clusterRoutes } from "@/lib/clusters/routes";
import { deploymentFormRoutes } from "@/lib/deployments/form/routes";
import { networkRoutes } from "@/lib/network/routes";
import { policyRoutes } from "@/lib/policies/routes";
import { batchRoutes } from "@/lib/requests/batch/routes";
import { requestRoutes } from "@/lib/requests/routes";
import { roleRoutes } from "@/lib/roles/routes";
import { runRoutes } from "@/lib/runs/routes";
import { settingsRoutes } from "@/lib/settings/routes";
import { workspaceRoutes } from "@/lib/workspaces/routes";
import { type Route, readers } from "./route";

/**
 * Every route of the API, declared by its feature. A route file without a declaration fails a test; a declaration without a file, or
 * one that another feature declares as well, does too.
 */
export const routes = {
  ...settingsRoutes,
  ...sessionRoutes,
  ...clusterRoutes,
  ...workspaceRoutes,
  ...bindingRoutes,
  ...roleRoutes,
  ...deploymentFormRoutes,
  ...requestRoutes,
  ...batchRoutes,
  ...runRoutes,
  ...networkRoutes,
  ...policyRoutes,
  ...auditRoutes,
  "GET /api/v1/events": { summary: "Server-sent events: which requests and runs changed", access: readers, response: null },
} as const satisfies Record<string, Route>;

export type RouteKey = keyof typeof routes;
type Declared<K extends RouteKey, P extends string> = (typeof routes)[K] extends { [key in P]: infer S extends z.ZodType } ? S : never;
/** What a caller sends as query, params and body, and what comes back. */
export type QueryIn<K extends RouteKey> = [Declared<K, "query">] extends [never] ? undefined : z.input<Declared<K, "query">>;
export type QueryOut<K extends RouteKey> = [Declared<K, "query">] extends [never] ? undefined : z.output<Declared<K, "query">>;
export type ParamsOf<K extends RouteKey> = [Declared<K, "params">] extends [never] ? undefined : z.output<Declared<K, "params">>;
export type BodyIn<K extends RouteKey> = [Declared<K, "body">] extends [never] ? undefined : z.input<Declared<K, "body">>;
export type BodyOut<K extends RouteKey> = [Declared<K, "body">] extends [never] ? undefined : z.output<Declared<K, "body">>;
export type Answer<K extends RouteKey> = [Declared<K, "response">] extends [never] ? undefined : z.input<Declared<K, "response">>;
