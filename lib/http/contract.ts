import { z } from "zod";
import { AuditExportQuery, AuditPage, AuditQuery } from "@/lib/audit/schema";
import { Me, OpenRuns, SessionRow, SignOutAnswer, SignOutBody } from "@/lib/auth/schema";
import {
  BindingList,
  BindingListQuery,
  ClusterDetail,
  ClusterList,
  ClusterListQuery,
  ClusterParams,
  SourceList,
  SourceShape,
} from "@/lib/clusters/schema";
import {
  AttachedAnswer,
  AttachedQuery,
  CertificateAnswer,
  CertificateBody,
  LintAnswer,
  LintBody,
  PasteAnswer,
  PasteBody,
  SettingsAnswer,
} from "@/lib/deployments/form/schema";
import {
  AccessQuery,
  AccessShape,
  AzureMlQuery,
  AzureMlShape,
  PodList,
  PodQuery,
  ReadingBody,
  ReadingParams,
  ReadingShape,
} from "@/lib/clusters/schema-inside";
import { IsoTime, page, readable, ResourceId } from "@/lib/kernel/shapes";
import { PolicyAnswer } from "@/lib/policies/schema-answer";
import {
  CheckAnswer,
  CommentBody,
  DecideBody,
  IdParams,
  RequestDetail,
  RequestInput,
  RequestListQuery,
  RequestRow,
  WithdrawBody,
} from "@/lib/requests/schema";
import { RegionList, RoleCatalogueQuery, RoleCatalogueShape } from "@/lib/roles/schema";
import { PauseBody, RunDetail, RunListQuery, RunRow } from "@/lib/runs/schema";
import { WorkspaceDetail, WorkspaceList, WorkspaceListQuery, WorkspaceParams } from "@/lib/workspaces/schema";
import { type Route, readers } from "./route";

/** Every route of the API. A route file without a line here fails a test; a line without a file does too. */
export const routes = {
  "GET /api/v1/health": {
    summary: "Is this process alive and its database reachable",
    access: "public",
    response: z.object({ status: z.literal("ok"), database: z.literal("ok") }),
  },
  "GET /api/v1/me": { summary: "Who is signed in, with the counts that wait for that person", access: "signed-in", response: Me },
  "GET /api/v1/sessions": {
    summary: "The signed-in person's own sessions; an Administrator sees all",
    access: "signed-in",
    response: z.object({ items: z.array(SessionRow) }),
  },
  "DELETE /api/v1/sessions/{id}": {
    summary: "End a session: one's own, or as Administrator any",
    access: "signed-in",
    params: z.object({ id: z.string().min(16).max(128) }),
    response: null,
    status: 204,
  },
  "GET /api/v1/sessions/open-runs": {
    summary: "Runs that act as the signed-in person and would keep its tokens after sign-out",
    access: "signed-in",
    response: OpenRuns,
  },
  "POST /api/v1/sign-out": {
    summary: "End this session, or all of this person's",
    access: "signed-in",
    body: SignOutBody,
    response: SignOutAnswer,
  },

  "GET /api/v1/clusters": {
    summary: "Clusters over all readable subscriptions",
    access: readers,
    query: ClusterListQuery,
    response: ClusterList,
  },
  "GET /api/v1/clusters/{subscription}/{group}/{name}": {
    summary: "One cluster with its bindings, locks, requests and runs",
    access: readers,
    params: ClusterParams,
    response: ClusterDetail,
  },
  "GET /api/v1/clusters/{subscription}/{group}/{name}/azureml": {
    summary: "Azure ML on one cluster: extension, pods expected and present, computes",
    access: readers,
    params: ClusterParams,
    query: AzureMlQuery,
    response: AzureMlShape,
  },
  "GET /api/v1/clusters/{subscription}/{group}/{name}/pods": {
    summary: "Pods of one cluster, over all namespaces",
    access: readers,
    params: ClusterParams,
    query: PodQuery,
    response: PodList,
  },
  "GET /api/v1/clusters/{subscription}/{group}/{name}/access": {
    summary: "Who may do what in one cluster, with the risk of it",
    access: readers,
    params: ClusterParams,
    query: AccessQuery,
    response: AccessShape,
  },
  "POST /api/v1/clusters/{subscription}/{group}/{name}/readings": {
    summary: "Read one cluster by fixed commands that Azure runs in it, as the caller",
    access: ["Requester", "Approver", "Administrator"],
    params: ClusterParams,
    body: ReadingBody,
    response: ReadingShape,
    status: 202,
    perMinute: 12,
  },
  "GET /api/v1/clusters/{subscription}/{group}/{name}/readings/{id}": {
    summary: "How far one's own reading by commands is",
    access: readers,
    params: ReadingParams,
    response: ReadingShape,
  },
  "GET /api/v1/workspaces": {
    summary: "Machine learning workspaces over all readable subscriptions",
    access: readers,
    query: WorkspaceListQuery,
    response: WorkspaceList,
  },
  "GET /api/v1/workspaces/{subscription}/{group}/{name}": {
    summary: "One workspace with its computes, role bindings, requests and runs",
    access: readers,
    params: WorkspaceParams,
    response: WorkspaceDetail,
  },
  "GET /api/v1/sources": {
    summary: "Machine learning workspaces that may be a source",
    access: readers,
    query: z.object({ search: z.string().trim().max(100).optional() }),
    response: SourceList,
  },
  "GET /api/v1/sources/one": {
    summary: "One resource by its ARM id",
    access: readers,
    query: z.object({ id: ResourceId }),
    response: z.object({ source: readable(SourceShape) }),
  },
  "GET /api/v1/bindings": {
    summary: "Role bindings: live beside approved",
    access: readers,
    query: BindingListQuery,
    response: BindingList,
  },

  "GET /api/v1/roles/regions": { summary: "Subscriptions and regions that have clusters", access: readers, response: RegionList },
  "GET /api/v1/roles": {
    summary: "The trusted access roles of a subscription and region",
    access: readers,
    query: RoleCatalogueQuery,
    response: RoleCatalogueShape,
  },

  "GET /api/v1/deployments/settings": {
    summary: "Settings and presets that the form of a deployment offers",
    access: ["Requester", "Approver"],
    response: SettingsAnswer,
  },
  "POST /api/v1/deployments/paste": {
    summary: "Read a pasted az command; stores nothing, and never gives a protected value back",
    access: ["Requester", "Approver"],
    body: PasteBody,
    response: PasteAnswer,
    perMinute: 60,
  },
  "POST /api/v1/deployments/lint": {
    summary: "Judge the settings of the extension, with fixes and what Bindery adds; stores nothing",
    access: ["Requester", "Approver"],
    body: LintBody,
    response: LintAnswer,
    perMinute: 120,
  },
  "POST /api/v1/deployments/certificates": {
    summary: "Keep a certificate and its key sealed for a request that is yet to be made",
    access: ["Requester", "Approver"],
    body: CertificateBody,
    response: CertificateAnswer,
    status: 201,
    perMinute: 20,
  },
  "GET /api/v1/deployments/attached": {
    summary: "Computes by which a workspace knows a cluster",
    access: ["Requester", "Approver"],
    query: AttachedQuery,
    response: AttachedAnswer,
  },

  "POST /api/v1/requests/check": {
    summary: "Check a request and preview its plan; stores nothing",
    access: ["Requester", "Approver"],
    body: RequestInput,
    response: CheckAnswer,
    perMinute: 120,
  },
  "POST /api/v1/requests": {
    summary: "Submit a request",
    access: ["Requester", "Approver"],
    body: RequestInput,
    response: z.object({ id: z.string(), number: z.number() }),
    status: 201,
    perMinute: 30,
  },
  "GET /api/v1/requests": {
    summary: "Requests that this person may see",
    access: readers,
    query: RequestListQuery,
    response: page(RequestRow),
  },
  "GET /api/v1/requests/{id}": {
    summary: "One request with its plan, decisions and comments",
    access: readers,
    params: IdParams,
    response: RequestDetail,
  },
  "POST /api/v1/requests/{id}/plan": {
    summary: "Plan again with the caller's own rights; voids the old plan when the facts changed",
    access: ["Requester", "Approver"],
    params: IdParams,
    response: z.object({ version: z.number(), digest: z.string(), changed: z.boolean(), changes: z.array(z.string()) }),
  },
  "POST /api/v1/requests/{id}/decisions": {
    summary: "Approve or reject exactly the plan of the given digest",
    access: ["Approver"],
    params: IdParams,
    body: DecideBody,
    response: z.object({ state: z.string(), runId: z.string().nullable() }),
    status: 201,
  },
  "POST /api/v1/requests/{id}/withdraw": {
    summary: "Withdraw one's own request",
    access: ["Requester", "Approver"],
    params: IdParams,
    body: WithdrawBody,
    response: z.object({ state: z.string() }),
  },
  "POST /api/v1/requests/{id}/comments": {
    summary: "Comment on a request",
    access: ["Requester", "Approver"],
    params: IdParams,
    body: CommentBody,
    response: z.object({ id: z.string() }),
    status: 201,
  },
  "POST /api/v1/requests/{id}/start": {
    summary: "Start the run of an approved request, acting as the caller",
    access: ["Requester", "Approver"],
    params: IdParams,
    response: z.object({ runId: z.string() }),
    status: 201,
  },

  "GET /api/v1/runs": { summary: "Runs that this person may see", access: readers, query: RunListQuery, response: page(RunRow) },
  "GET /api/v1/runs/{id}": { summary: "One run with its steps and Azure calls", access: readers, params: IdParams, response: RunDetail },
  "POST /api/v1/runs/{id}/retry": {
    summary: "Retry a failed run, acting as the caller",
    access: ["Requester", "Approver"],
    params: IdParams,
    response: z.object({ attempt: z.number() }),
  },
  "POST /api/v1/runs/{id}/carry-on": {
    summary: "Carry on a run that waits for rights or a sign-in, acting as the caller",
    access: ["Requester", "Approver"],
    params: IdParams,
    response: z.object({ attempt: z.number() }),
  },
  "POST /api/v1/runs/{id}/cancel": {
    summary: "Cancel a run; says what stays in Azure",
    access: ["Requester", "Approver"],
    params: IdParams,
    response: z.object({ state: z.string(), leaves: z.string() }),
  },

  "GET /api/v1/events": { summary: "Server-sent events: which requests and runs changed", access: readers, response: null },
  "GET /api/v1/policies": { summary: "The policy in force", access: readers, response: PolicyAnswer },
  "GET /api/v1/settings": {
    summary: "The settings in force, without secrets",
    access: readers,
    response: z.object({
      items: z.array(z.object({ key: z.string(), label: z.string(), value: z.string(), from: z.string() })),
      writesPaused: Me.shape.writesPaused,
    }),
  },
  "POST /api/v1/settings/pause-writes": {
    summary: "Pause or resume all writes to Azure",
    access: ["Approver", "Administrator"],
    body: PauseBody,
    response: z.object({ paused: z.boolean() }),
  },

  "GET /api/v1/audit": { summary: "Audit events, newest first", access: ["Auditor"], query: AuditQuery, response: AuditPage },
  "GET /api/v1/audit/export": {
    summary: "Audit events as CSV or as JSONL that verifies offline",
    access: ["Auditor"],
    query: AuditExportQuery,
    response: null,
    perMinute: 10,
  },
  "GET /api/v1/audit/head": {
    summary: "The newest link of the audit chain",
    access: ["Auditor"],
    response: z.object({ sequence: z.string(), hash: z.string(), at: IsoTime }),
  },
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
