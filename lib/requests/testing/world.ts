import { person } from "@/lib/audit/testing";
import type { Actor } from "@/lib/auth/actor";
import type { FreshRoles } from "@/lib/auth/caller";
import type { Scope } from "@/lib/auth/scope";
import type { AzureCaller } from "@/lib/azure/types";
import type { BindingFacts } from "@/lib/bindings/facts";
import { binding, bindingFacts, clusterId, readable, workspace } from "@/lib/bindings/testing";
import { digestOf } from "@/lib/kernel/json";
import { idKey } from "@/lib/kernel/resource-id";
import { defaultPolicy } from "@/lib/policies/default-policy";
import type { LoadedPolicy } from "@/lib/policies/load";

const { tid } = person("Nobody", []);

/** A healthy dev cluster without bindings and a workspace, all in the tenant of `person`. */
const facts = bindingFacts({
  source: readable({ ...workspace, tenantId: tid, identity: { ...workspace.identity, tenantId: tid } }),
  subscriptions: bindingFacts().subscriptions.map((subscription) => ({ ...subscription, tenantId: tid })),
});
/** The binding that a revocation of `revokeInput` is about. */
export const bound: Partial<BindingFacts> = { bindings: readable([binding("ml-dev-mlworkload")]) };

const atRest = () => ({
  /** What is so in Azure. */
  facts,
  /** By oid: what this person's token reads otherwise. */
  readBy: new Map<string, Partial<BindingFacts>>(),
  /** By oid: what a renewed id_token says otherwise than the session, or why Entra renews none. */
  tokens: new Map<string, Partial<FreshRoles> | Error>(),
  /** Oids to whom Azure shows no cluster. */
  blind: new Set<string>(),
  policy: defaultPolicy,
  /** Oids that read facts, in order. */
  reads: [] as string[],
  /** Happens while somebody reads facts. */
  meanwhile: async (_oid: string): Promise<void> => undefined,
});

/** What Entra, Azure and the policy say in a test. The modules below stand in for the real ones: `vi.mock(…, async () => (await import(…)).entra)`. */
export const world = atRest();

/** As it was at first, with changes. */
export function resetWorld(changes: Partial<BindingFacts> = {}): void {
  Object.assign(world, atRest());
  change(changes);
}

/** Something changes in Azure. */
export function change(changes: Partial<BindingFacts>): void {
  world.facts = { ...world.facts, ...changes };
}

const callerOf = ({ tid, oid }: { tid: string; oid: string }, correlationId = ""): AzureCaller => ({
  tid,
  oid,
  correlationId,
  getToken: () => Promise.reject(new Error("No test of a verb calls Azure.")),
});

/** For `@/lib/auth/caller`. */
export const entra = {
  callerFor: callerOf,
  callerForAccount: callerOf,
  freshRoles: async (actor: Actor): Promise<FreshRoles> => {
    const token = world.tokens.get(actor.oid);
    if (token instanceof Error) throw token;
    const { portalRoles, personKey, acrs, amr, authTime } = actor;
    return { portalRoles, personKey, acrs, amr, authTime, ...token };
  },
};

/** For `@/lib/auth/scope`. */
export const scope = {
  visibleScope: async ({ oid }: Actor): Promise<Scope> => ({
    subscriptionIds: [],
    resourceKeys: world.blind.has(oid) ? [] : [idKey(clusterId)],
    groupKeys: [],
    goneKeys: [],
    refreshedAt: new Date(),
  }),
};

/** For `@/lib/bindings/gather`. */
export const azure = {
  gatherBindingFacts: async ({ oid }: AzureCaller): Promise<BindingFacts> => {
    const seen = { ...world.facts, ...world.readBy.get(oid) };
    world.reads.push(oid);
    await world.meanwhile(oid);
    return seen;
  },
};

/** For `@/lib/policies/load`. */
export const policies = {
  currentPolicy: async (): Promise<LoadedPolicy> => ({
    document: world.policy,
    hash: digestOf(world.policy),
    source: "a test",
    loadedAt: new Date(),
  }),
};
