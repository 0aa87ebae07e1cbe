import { compareTags } from "../tags/compare";
import type { ServiceTag } from "../tags/snapshot";

/** A loss of a tag that nobody accepted yet: `prefixes` are the ranges that it had before. */
export type OpenLoss = { id: string; tag: string; region: string | null; prefixes: readonly string[] };
/** A tag that lacks so much that a mistake of the source is likelier than a change of Azure. */
export type Loss = {
  tag: string;
  region: string | null;
  what: "vanished" | "shrank";
  /** The ranges that it had, and how many of them are lost. */
  prefixes: readonly string[];
  lost: number;
};

/** What a new current snapshot means: losses that begin, those that go on (some as another), and ids of those that are made good. */
export type Judgement = { begun: Loss[]; goingOn: (Loss & { id: string })[]; restored: string[] };

/**
 * Holds a new current snapshot against the one before it, and each tag with an open loss against what it had when the loss began: it ends once
 * the tag has its ranges again, also in steps, and not by a further snapshot that lacks them too.
 */
export function judgeLosses(before: readonly ServiceTag[], open: readonly OpenLoss[], after: readonly ServiceTag[]): Judgement {
  const openByKey = new Map(open.map((loss) => [loss.tag.toLowerCase(), loss]));
  const whole = new Map(before.map((tag) => [tag.name.toLowerCase(), tag]));
  for (const [key, { tag, region, prefixes }] of openByKey)
    whole.set(key, { service: "", changeNumber: 0, ...whole.get(key), name: tag, region, prefixes });
  const judgement: Judgement = { begun: [], goingOn: [], restored: [] };
  const lacking = new Set<string>();
  for (const { name, region, change, lost, shrinks } of compareTags([...whole.values()], after).tags) {
    if (!shrinks) continue;
    const key = name.toLowerCase();
    lacking.add(key);
    const known = openByKey.get(key);
    const what = change === "went" ? "vanished" : "shrank";
    const loss: Loss = { tag: name, region, what, prefixes: whole.get(key)?.prefixes ?? [], lost };
    if (known === undefined) judgement.begun.push(loss);
    else judgement.goingOn.push({ ...loss, id: known.id });
  }
  judgement.restored = open.filter(({ tag }) => !lacking.has(tag.toLowerCase())).map(({ id }) => id);
  return judgement;
}
