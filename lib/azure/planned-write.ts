import type { PipelinePolicy, PipelineRequest } from "@azure/core-rest-pipeline";
import { BinderyError } from "@/lib/kernel/errors";
import { digestOf, type Json } from "@/lib/kernel/json";
import { idKey } from "@/lib/kernel/resource-id";
import { isRead, withoutClusterToken } from "./call";
import { laidOver } from "./lay-over";
import type { PlannedArmWrite, PlannedWrite } from "./types";

/**
 * The layer that lets one write pass: the planned one, equal in method, path, api-version, query, body and condition (`If-Match`). Any other is
 * refused before a byte leaves; without a planned write, every one is. Throws `azure_refused`.
 */
export function plannedWriteGuard(planned: PlannedWrite | undefined): PipelinePolicy {
  return {
    name: "plannedWriteGuard",
    async sendRequest(request, next) {
      if (!isRead(request)) {
        const difference = differenceOf(request, planned);
        if (difference !== null) {
          throw notApproved(difference);
        }
      }
      return next(request);
    },
  };
}

/** The refusal of a write that differs from the planned one. */
export function notApproved(difference: string): BinderyError {
  return new BinderyError("azure_refused", `Bindery stopped a write that is not the approved one: ${difference}.`, {
    remedy: "Nothing was sent. This is a defect of Bindery: report it with the correlation id.",
  });
}

type Sent = Pick<PipelineRequest, "method" | "url" | "body"> & Partial<Pick<PipelineRequest, "headers">>;

/** What differs between a request to ARM and the planned write, in words; null: nothing. */
export function differenceOf(request: Sent, planned: PlannedWrite | undefined): string | null {
  const url = new URL(request.url);
  const path = decodedPath(url.pathname);
  if (planned === undefined) return `${request.method} ${path ?? "(malformed path)"}, while no write is planned`;
  if (planned.via === "kubernetes") return "it goes to Azure and not to a cluster";
  if (request.method !== planned.method) return `the method is ${request.method} and not ${planned.method}`;
  if (path === null || idKey(path) !== idKey(planned.resourceId)) return "the resource is another one";
  const versions = url.searchParams.getAll("api-version");
  if (versions.length !== 1 || versions[0] !== planned.apiVersion) return `the api-version is not ${planned.apiVersion}`;
  if (!sameQuery(url.searchParams, planned.query ?? {})) return "the query beside the api-version is another one";
  if (deletesWhatIsAttached(url.searchParams)) return "it deletes what is attached, which no plan may";
  if (!sameCondition(request, planned)) return "the entity tag in If-Match is not that of what was read";
  if (!sameBody(request, bodyOf(planned))) return "the body is another one";
  return null;
}

/** What was read with nothing changed but what the plan says; a plan that changes a part of a whole never replaces the whole. */
const bodyOf = ({ body, over }: PlannedArmWrite): unknown => (over === undefined ? body : laidOver(over.json, body as Json));

function sameCondition({ headers }: Sent, { over }: PlannedArmWrite): boolean {
  return headers?.get("if-match") === over?.etag && headers?.get("if-none-match") === undefined;
}

function sameQuery(sent: URLSearchParams, planned: Record<string, string>): boolean {
  const more = [...sent].filter(([name]) => name !== "api-version");
  const names = new Set(more.map(([name]) => name));
  return (
    names.size === more.length &&
    names.size === Object.keys(planned).length &&
    more.every(([name, value]) => Object.hasOwn(planned, name) && planned[name] === value)
  );
}

/** For a legacy AKS compute `underlyingResourceAction=Delete` deletes the cluster itself. */
function deletesWhatIsAttached(sent: URLSearchParams): boolean {
  return [...sent].some(([name, value]) => /^underlyingResourceAction$/i.test(name) && value !== "Detach");
}

/** The path with percent signs resolved; null when a segment would turn into several. */
function decodedPath(pathname: string): string | null {
  try {
    const segments = pathname.split("/").map(decodeURIComponent);
    return segments.some((segment) => segment.includes("/")) ? null : segments.join("/");
  } catch {
    // A malformed escape cannot be equal to any planned path.
    return null;
  }
}

function sameBody(request: Sent, planned: unknown): boolean {
  const { body } = request;
  if (body === undefined || body === null || body === "") return planned === null || planned === undefined;
  const sent = typeof body === "string" ? withoutClusterToken(request) : undefined;
  if (sent === undefined || planned === null || planned === undefined) return false;
  return digestOf(sent) === digestOf(planned);
}
