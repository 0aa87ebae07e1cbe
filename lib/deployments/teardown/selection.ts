import type { Compute, Extension } from "@/lib/azure/deployment-types";
import type { RoleBinding } from "@/lib/azure/types";
import { sameId } from "@/lib/kernel/resource-id";
import { azureMlExtension } from "../preflight/checks/extension";
import type { TeardownFacts, TeardownInput } from "./input";

/** What a teardown is about, of what could be read. */
export type Selection = {
  /** Computes of the workspace on this cluster that are detached, and those that stay. */
  detached: Compute[];
  kept: Compute[];
  /** Names that were asked for and are not there. */
  unknown: string[];
  /** The extension of Azure ML; null: none, or not readable. */
  extension: Extension | null;
  /** Role bindings of the workspace on the cluster. */
  bindings: RoleBinding[];
};

/** Picks out of the facts what is asked for. Case of names does not count. */
export function select(input: TeardownInput, facts: TeardownFacts): Selection {
  const all = facts.computes.state === "ok" ? facts.computes.value.filter((one) => isOn(one, input.clusterId)) : [];
  const { computes, workspaceId } = input;
  const wanted = computes === "all" ? null : computes.map((name) => name.toLowerCase());
  const isWanted = ({ name }: Compute): boolean => wanted === null || wanted.includes(name.toLowerCase());
  return {
    detached: all.filter(isWanted),
    kept: all.filter((one) => !isWanted(one)),
    unknown: computes === "all" ? [] : computes.filter((name) => !all.some((one) => one.name.toLowerCase() === name.toLowerCase())),
    extension: facts.extensions.state === "ok" ? azureMlExtension(facts.extensions.value) : null,
    bindings:
      facts.bindings.state === "ok" && workspaceId !== null
        ? facts.bindings.value.filter((one) => sameId(one.sourceResourceId, workspaceId))
        : [],
  };
}

const isOn = ({ computeType, resourceId }: Compute, clusterId: string): boolean =>
  computeType.toLowerCase() === "kubernetes" && resourceId !== null && sameId(resourceId, clusterId);
