import { fileUrl, newestFileUrl } from "../downloads/weekly-file";
import type { TagChange } from "../state/service-tag-shapes";
import { armEdition, newestEdition } from "../tenant/service-tag-editions";
import { knobsOf, setKnobs, type World } from "../world";
import { type Asked, type Control, ControlError, number, text, texts } from "./control";

/** What is published: change numbers of ARM and of the weekly file, where that file is, and what ARM holds back. */
export const readPublications: Control = (world) => published(world);

/**
 * Publishes. `changes`: a new edition, in the weekly file at once, each `{tag, add?, remove?, keep?, gone?}`; `lag`: how many editions ARM is behind
 * (0: none); `heldBack`: the tags that ARM leaves out, all of them.
 */
export const publish: Control = (world, asked) => {
  const { editions, lag, heldBack } = knobsOf(world).serviceTags;
  const added = asked.changes === undefined ? [] : [changesOf(world, asked.changes)];
  const behind = asked.lag === undefined ? lag : number(asked, "lag");
  if (!Number.isInteger(behind) || behind < 0) throw new ControlError('"lag" is a whole number, 0 or more.');
  setKnobs(world, {
    serviceTags: {
      editions: [...editions, ...added],
      lag: behind,
      heldBack: asked.heldBack === undefined ? heldBack : texts(asked, "heldBack"),
    },
  });
  return published(world);
};

function changesOf(world: World, asked: unknown): TagChange[] {
  if (!Array.isArray(asked) || asked.length === 0) throw new ControlError('"changes" is a list of changes, each with a "tag".');
  const names = new Set(newestEdition(knobsOf(world).serviceTags).tags.map((one) => one.name.toLowerCase()));
  return asked.map((one: Asked) => {
    const tag = text(one, "tag");
    if (!names.has(tag.toLowerCase())) throw new ControlError(`There is no service tag ${tag}.`);
    const change: TagChange = { tag };
    if (one.add !== undefined) change.add = texts(one, "add");
    if (one.remove !== undefined) change.remove = texts(one, "remove");
    if (one.keep !== undefined) change.keep = number(one, "keep");
    if (one.gone === true) change.gone = true;
    if (Object.keys(change).length === 1) throw new ControlError(`Nothing changes of ${tag}: give add, remove, keep or gone.`);
    return change;
  });
}

function published(world: World): object {
  const { serviceTags } = knobsOf(world);
  const file = newestEdition(serviceTags).changeNumber;
  return {
    arm: armEdition(serviceTags).changeNumber,
    file,
    url: newestFileUrl(world),
    fileUrl: fileUrl(world, file),
    lag: serviceTags.lag,
    heldBack: serviceTags.heldBack,
  };
}
