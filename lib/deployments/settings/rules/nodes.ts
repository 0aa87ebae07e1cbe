import type { NodeGroup } from "../facts";
import { type Finding, type Fix, setFix } from "../finding";
import { isFalse, valueOf } from "../input";
import { hasLabels, isOpen, tolerationsOf } from "../placement";
import { effective, error, info, type Look, type Rule, warning } from "./rule";

const routers = 3;

/** Three routers need three nodes that may take them: with the label asked for, without a taint that they do not tolerate. */
export const nodeRules: Rule = (look) => {
  if (!look.inference) return [];
  const value = effective(look, "inferenceRouterHA");
  if (isFalse(value)) return derivedOff(look);
  const { nodes } = look.facts;
  if (nodes === undefined) return fewNodes(look);
  const reached = nodes.filter((group) => group.os !== "Windows" && hasLabels(look.input, group));
  const open = reached.filter((group) => isOpen(group, []));
  const sure = sum(open, (group) => group.count);
  if (sure >= routers) return [];
  const tolerated = reached.filter((group) => isOpen(group, tolerationsOf(look.input)));
  if (sum(tolerated, (group) => Math.max(group.count, group.maxCount ?? 0)) >= routers) return [perhaps(sure)];
  return [tooFew(sum(tolerated, (group) => group.count))];
};

const key = "inferenceRouterHA";
const oneRouter: Fix = setFix(key, "False");
const sum = (groups: NodeGroup[], of: (group: NodeGroup) => number): number => groups.reduce((total, group) => total + of(group), 0);

function derivedOff({ input }: Look): Finding[] {
  if (valueOf(input, key) !== undefined) return [];
  return [
    info(
      "one-router",
      key,
      "The cluster has fewer than three nodes, so Bindery sets inferenceRouterHA to false: one router.",
      "Add nodes first if endpoints have to stay up.",
    ),
  ];
}

/** Without the nodes themselves, their number may still be known. */
function fewNodes({ facts }: Look): Finding[] {
  const count = facts.cluster?.nodeCount ?? null;
  return count === null || count >= routers ? [] : [tooFew(count)];
}

function tooFew(count: number): Finding {
  const message = `Three inference routers need three nodes that may take them; there ${count === 1 ? "is 1" : `are ${count}`} (E40002).`;
  return { ...error("too-few-nodes", key, message, "Add nodes, widen the node selector, or run one router."), fix: oneRouter };
}

function perhaps(sure: number): Finding {
  const message = `Three inference routers need three nodes, and ${sure} can take them for sure. The rest depends on the autoscaler or on tolerations.`;
  return { ...warning("perhaps-too-few-nodes", key, message, "Make sure of three nodes, or run one router."), fix: oneRouter };
}
