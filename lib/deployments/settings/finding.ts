import type { Place, UncheckedInput } from "./input";

/** One change of the input. A rename keeps the value; a move keeps key and value. */
export type Change =
  | { do: "set"; in: Place; key: string; value: string }
  | { do: "remove"; in: Place; key: string }
  | { do: "rename"; in: Place; key: string; to: string }
  | { do: "move"; from: Place; to: Place; key: string }
  | { do: "name"; value: string }
  | { do: "auto-upgrade"; value: boolean };

/** What one click does. `label` is the text of the button. */
export type Fix = { label: string; changes: Change[] };

/** Something to look at in the settings. An error stops the request, a warning and a notice do not. */
export type Finding = {
  /** Name of the rule, stable, for programs. */
  rule: string;
  /** The setting's key as it was given, or `name`, `version`, `release-train`, `certificate` or `command`. */
  key: string;
  level: "error" | "warning" | "info";
  message: string;
  remedy: string;
  fix?: Fix;
  /** Set when the deployment as a whole is as risky as that, whatever else is asked. */
  risk?: "critical";
};

/** The input with a fix applied. Gives a new one; the old one stays as it is. */
export function applyFix<T extends UncheckedInput>(input: T, fix: Fix): T {
  return fix.changes.reduce(applyChange, input);
}

function applyChange<T extends UncheckedInput>(input: T, change: Change): T {
  switch (change.do) {
    case "name":
      return { ...input, name: change.value };
    case "auto-upgrade":
      return { ...input, autoUpgrade: change.value };
    case "set":
      return { ...input, [change.in]: { ...input[change.in], [change.key]: change.value } };
    case "remove":
      return { ...input, [change.in]: without(input[change.in], change.key) };
    case "rename":
      return { ...input, [change.in]: renamed(input[change.in], change.key, change.to) };
    case "move": {
      if (!Object.hasOwn(input[change.from], change.key)) return input;
      const value = input[change.from][change.key];
      return {
        ...input,
        [change.from]: without(input[change.from], change.key),
        [change.to]: Object.fromEntries([...Object.entries(input[change.to]), [change.key, value]]),
      };
    }
  }
}

const without = (map: Record<string, unknown>, key: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(map).filter(([one]) => one !== key));
const renamed = (map: Record<string, unknown>, key: string, to: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(map).map(([one, value]) => [one === key ? to : one, value]));

/** Gives a plain setting a value. */
export const setFix = (key: string, value: string): Fix => ({
  label: `Set ${key}=${value}`,
  changes: [{ do: "set", in: "settings", key, value }],
});
/** Takes a key out of one map. */
export const removeFix = (place: Place, key: string): Fix => ({ label: `Remove ${key}`, changes: [{ do: "remove", in: place, key }] });

/** Takes a key out of both maps. */
export const dropFix = (...keys: string[]): Fix => ({
  label: `Remove ${keys.join(" and ")}`,
  changes: keys.flatMap((key): Change[] => [
    { do: "remove", in: "settings", key },
    { do: "remove", in: "protected", key },
  ]),
});
