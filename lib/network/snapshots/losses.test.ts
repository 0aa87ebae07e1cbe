import { expect, it } from "vitest";
import type { ServiceTag } from "../tags/snapshot";
import { judgeLosses, type OpenLoss } from "./losses";

const ten = Array.from({ length: 10 }, (_, at) => `20.42.${at}.0/24`);
const tag = (name: string, prefixes: string[]): ServiceTag => ({ name, service: name, region: "eastus", changeNumber: 1, prefixes });
const open = (prefixes: string[]): OpenLoss => ({ id: "one", tag: "A", region: "eastus", prefixes });
const nothing = { begun: [], goingOn: [], restored: [] };

it("begins with a tag that vanishes or shrinks strongly, and with no smaller change", () => {
  const { begun } = judgeLosses([tag("A", ten), tag("B", ten), tag("C", ten)], [], [tag("b", ten.slice(5)), tag("C", ten.slice(1))]);
  expect(begun).toEqual([
    { tag: "A", region: "eastus", what: "vanished", prefixes: ten, lost: 10 },
    { tag: "b", region: "eastus", what: "shrank", prefixes: ten, lost: 5 },
  ]);
});

it("goes on while the ranges are missing, also as another", () => {
  const known = { id: "one", tag: "A", region: "eastus", prefixes: ten };
  expect(judgeLosses([], [open(ten)], [])).toEqual({ ...nothing, goingOn: [{ ...known, what: "vanished", lost: 10 }] });
  const back = tag("A", ten.slice(0, 3));
  expect(judgeLosses([], [open(ten)], [back])).toEqual({ ...nothing, goingOn: [{ ...known, what: "shrank", lost: 7 }] });
  expect(judgeLosses([back], [open(ten)], [back]).goingOn).toHaveLength(1);
});

it("ends when the tag has its ranges again, though others came, or they are cut otherwise", () => {
  expect(judgeLosses([], [open(ten)], [tag("a", [...ten, "20.43.0.0/24"])])).toEqual({ ...nothing, restored: ["one"] });
  expect(judgeLosses([], [open(ten)], [tag("A", ["20.42.0.0/16"])]).restored).toEqual(["one"]);
});
