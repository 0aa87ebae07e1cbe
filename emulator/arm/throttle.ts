import type { Clock } from "../clock/clock";
import { ArmError } from "./errors";

/** A token bucket: how many calls at once, and how many come back a second. */
export type Limit = { burst: number; perSecond: number };

/** Per subscription and principal. Source: Microsoft Learn, "Understand how Azure Resource Manager throttles requests" (token buckets since 2024). */
export const armLimits = {
  reads: { burst: 250, perSecond: 25 },
  writes: { burst: 200, perSecond: 10 },
  deletes: { burst: 200, perSecond: 10 },
} as const;

/** Per subscription, and for `other` per region too. Source: azure-aks-docs, articles/aks/quotas-skus-regions.md. */
export const aksLimits = {
  listBySubscription: { burst: 500, perSecond: 1 },
  listByGroup: { burst: 60, perSecond: 1 },
  getCluster: { burst: 60, perSecond: 1 },
  operation: { burst: 200, perSecond: 2 },
  other: { burst: 60, perSecond: 1 },
} as const;

/** Per user. Source: Microsoft Learn, "Guidance for throttled requests in Azure Resource Graph". */
export const graphLimit: Limit = { burst: 15, perSecond: 3 };

/** Buckets by key, in memory: a restart fills them. A speed of n refills n times as fast. */
export class Throttle {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, { left: number; at: number }>();
  readonly #overrides = new Map<string, Limit>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes one call from the bucket. Gives how many are left, and null or the seconds after which one is back. */
  take(key: string, usual: Limit): { remaining: number; retryAfterSeconds: number | null } {
    const limit = this.#overrides.get(key.split("|")[0] ?? "") ?? usual;
    const now = this.#clock.now();
    const perMs = (limit.perSecond * this.#clock.speed) / 1000;
    const kept = this.#buckets.get(key);
    const left = kept === undefined ? limit.burst : Math.min(limit.burst, kept.left + (now - kept.at) * perMs);
    if (left < 1) {
      this.#buckets.set(key, { left, at: now });
      return { remaining: 0, retryAfterSeconds: Math.max(1, Math.ceil((1 - left) / perMs / 1000)) };
    }
    this.#buckets.set(key, { left: left - 1, at: now });
    return { remaining: Math.floor(left - 1), retryAfterSeconds: null };
  }

  /** Fills every bucket and forgets other numbers. */
  fill(): void {
    this.#buckets.clear();
    this.#overrides.clear();
  }

  /** Other numbers for a kind of bucket (`reads`, `writes`, `deletes`, `aks-other`, `graph` …); null: the usual ones again. */
  override(kind: string, limit: Limit | null): void {
    if (limit === null) this.#overrides.delete(kind);
    else this.#overrides.set(kind, limit);
    for (const key of this.#buckets.keys()) if (key.startsWith(`${kind}|`)) this.#buckets.delete(key);
  }
}

/** 429 of ARM itself, per subscription and principal. */
export function subscriptionThrottled(kind: string, subscriptionId: string, oid: string, seconds: number): ArmError {
  return new ArmError(
    429,
    "SubscriptionRequestsThrottled",
    `Number of '${kind}' requests for subscription '${subscriptionId}' actor '${oid}' exceeded. Please try again after '${seconds}' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`,
    { "retry-after": String(seconds), [`x-ms-ratelimit-remaining-subscription-${kind}`]: "0" },
  );
}

/** 429 of the AKS resource provider. The wording of its message is not documented. */
export function providerThrottled(seconds: number): ArmError {
  return new ArmError(
    429,
    "Throttled",
    `The request is throttled by the resource provider Microsoft.ContainerService. Please retry after ${seconds} seconds.`,
    {
      "retry-after": String(seconds),
      "x-ms-failure-cause": "service",
    },
  );
}
