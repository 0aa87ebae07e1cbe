import type { Reply } from "../server/exchange";

/** An expected refusal of ARM or of a resource provider, in Azure's words. */
export class ArmError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  readonly extra: Record<string, unknown>;
  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}, extra: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.extra = extra;
  }
}

/** A request that the real Azure would carry out, to somebody's harm, and that the local one refuses; the request log names it. */
export class GuardError extends ArmError {
  constructor(message: string) {
    super(400, "RefusedByLocalAzure", message);
  }
}

/** The error envelope of ARM. */
export function armErrorReply(error: ArmError): Reply {
  return {
    status: error.status,
    headers: { ...(error.status < 500 ? { "x-ms-failure-cause": "gateway" } : {}), ...error.headers },
    body: { error: { code: error.code, message: error.message, ...error.extra } },
  };
}

/** 404 of a resource that is not there, or whose group is not. */
export function resourceNotFound(type: string, name: string, group: string | null): ArmError {
  const where = group === null ? "" : ` under resource group '${group}'`;
  return new ArmError(
    404,
    "ResourceNotFound",
    `The Resource '${type}/${name}'${where} was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/** 404 of a resource group. */
export function groupNotFound(group: string): ArmError {
  return new ArmError(404, "ResourceGroupNotFound", `Resource group '${group}' could not be found.`);
}

/** 404 of a subscription. */
export function subscriptionNotFound(subscriptionId: string): ArmError {
  return new ArmError(404, "SubscriptionNotFound", `The subscription '${subscriptionId}' could not be found.`);
}
