import { type Change, type Finding, type Fix, removeFix, setFix } from "../finding";
import { isGiven, plainValueOf } from "../input";
import { error, type Look, type Rule, warning } from "./rule";

const parts = ["key", "operator", "value", "effect"] as const;
const name = (index: number, part: string): string => `workLoadToleration[${index}].${part}`;

/** Tolerations are a list: numbered from 0 without a gap, each whole. */
export const tolerationRules: Rule = (look) => {
  const indexes = indexesOf(look);
  return [...gaps(look, indexes), ...indexes.flatMap((index) => judge(look, index))];
};

function indexesOf({ input }: Look): number[] {
  const found = Object.keys(input.settings).map(
    (key) => /^workLoadToleration\[(0|[1-9]\d?)\]\.(key|operator|value|effect)$/.exec(key)?.[1],
  );
  return [...new Set(found.flatMap((one) => (one === undefined ? [] : [Number(one)])))].sort((a, b) => a - b);
}

/** Helm fills a gap in a list with nothing, and Kubernetes refuses the pod. */
function gaps({ input }: Look, indexes: number[]): Finding[] {
  const at = indexes.findIndex((index, place) => index !== place);
  if (at < 0) return [];
  const moves = indexes.flatMap((index, place) =>
    place < at
      ? []
      : parts.flatMap((part): Change[] =>
          isGiven(input, name(index, part)) ? [{ do: "rename", in: "settings", key: name(index, part), to: name(place, part) }] : [],
        ),
  );
  const message = `The tolerations are numbered with a gap: ${at} is missing.`;
  return [
    {
      ...error("toleration-gap", `workLoadToleration[${indexes[at]}]`, message, "Number them from 0 on."),
      fix: { label: "Number them again", changes: moves } satisfies Fix,
    },
  ];
}

function judge({ input }: Look, index: number): Finding[] {
  const exists = plainValueOf(input, name(index, "operator")) === "Exists";
  const found: Finding[] = [];
  if (!exists && !isGiven(input, name(index, "key")))
    found.push(
      error("toleration-key", name(index, "key"), `Toleration ${index} does not say which taint it is for.`, `Set ${name(index, "key")}.`),
    );
  if (exists && (plainValueOf(input, name(index, "value")) ?? "") !== "")
    found.push({
      ...error(
        "toleration-value",
        name(index, "value"),
        `Toleration ${index} holds for any value (Exists), so it cannot have one.`,
        "Remove the value, or use Equal.",
      ),
      fix: removeFix("settings", name(index, "value")),
    });
  if (exists && !isGiven(input, name(index, "key")))
    found.push(
      warning("toleration-of-all", name(index, "operator"), `Toleration ${index} tolerates every taint.`, "Name the taint that is meant."),
    );
  return [...found, ...wrongCase(input, index)];
}

/** Kubernetes compares operator and effect by their letters, case and all. */
function wrongCase(input: Look["input"], index: number): Finding[] {
  const right: Record<string, string[]> = { operator: ["Equal", "Exists"], effect: ["NoSchedule", "PreferNoSchedule", "NoExecute"] };
  return Object.entries(right).flatMap(([part, choices]) => {
    const value = plainValueOf(input, name(index, part));
    const meant = choices.find((one) => one.toLowerCase() === value?.toLowerCase());
    if (value === undefined || meant === undefined || meant === value) return [];
    return [
      {
        ...error("toleration-case", name(index, part), `Kubernetes knows ${meant}, not ${value}.`, `Write ${meant}.`),
        fix: setFix(name(index, part), meant),
      },
    ];
  });
}
