import { type Change, type Finding, type Fix, removeFix } from "../finding";
import { isFalse, isGiven, isTrue, type Place } from "../input";
import { type Lookup, lookUp, type WrongName } from "../table";
import { error, info, type Look, type Rule, warning } from "./rule";

/** Each key by itself: that the extension knows it, in this spelling. */
export const keyRules: Rule = (look) => [
  ...Object.keys(look.input.settings).flatMap((key) => judgeKey(look, "settings", key)),
  ...Object.keys(look.input.protected).flatMap((key) => (isJudged(look, key) ? [] : judgeKey(look, "protected", key))),
];

/** A key that is wrong in itself is spoken of once, also when it is given twice. */
const isJudged = ({ input }: Look, key: string): boolean => Object.hasOwn(input.settings, key) && lookUp(key).status !== "known";

/** The fix for a key that is wrong in itself: a second one, among the protected settings, goes with it. */
function everywhere({ input }: Look, place: Place, key: string, fix: Fix): Fix {
  if (place === "protected" || !Object.hasOwn(input.protected, key)) return fix;
  return { ...fix, changes: [{ do: "remove", in: "protected", key }, ...fix.changes] };
}

function judgeKey(look: Look, place: Place, key: string): Finding[] {
  const found = lookUp(key);
  switch (found.status) {
    case "known":
      return [];
    case "misspelt":
      return [misspelt(look, place, key, found)];
    case "wrong-name":
      return [wrongName(look, place, key, found.name)];
    case "arc-only":
      return [arcOnly(look, place, key)];
    case "passed-on":
      return [passedOn(look, place, key, found.near)];
    case "unknown":
      return [
        {
          ...warning(
            "unknown-key",
            key,
            `${key} is not a setting that the extension is known to have. Azure takes it and ignores it.`,
            "Check the name, or remove it.",
          ),
          fix: everywhere(look, place, key, removeFix(place, key)),
        },
      ];
  }
}

/** Gives a key its right name; when that is given already, takes the wrong one away. */
function renameFix(look: Look, place: Place, key: string, to: string): Fix {
  const fix: Fix = isGiven(look.input, to)
    ? removeFix(place, key)
    : { label: `Rename to ${to}`, changes: [{ do: "rename", in: place, key, to }] };
  return everywhere(look, place, key, fix);
}

function misspelt(look: Look, place: Place, key: string, found: Extract<Lookup, { status: "misspelt" }>): Finding {
  const why = found.by === "case" ? "Upper and lower case count, so Azure ignores it." : "Azure ignores what it does not know.";
  return {
    ...error("misspelt-key", key, `There is no setting ${key}; did you mean ${found.key}? ${why}`, `Write ${found.key}.`),
    fix: renameFix(look, place, key, found.key),
  };
}

function wrongName(look: Look, place: Place, key: string, name: WrongName): Finding {
  const remedy = name.to === undefined ? `Remove ${key}.` : `Use ${name.to}.`;
  const level = name.key === "domain" && place === "settings" ? warning : error;
  const fix = name.to === undefined ? replaceFix(look, place, key, name) : renameFix(look, place, key, name.to);
  return { ...level("wrong-name", key, `${key} is not to be set. ${name.why}`, remedy), fix };
}

/** Takes an old flag away, and says in today's keys what it meant when it was true. */
function replaceFix(look: Look, place: Place, key: string, { whenTrue = {} }: WrongName): Fix {
  const { input } = look;
  const value = input[place][key];
  const said = typeof value === "string" && isTrue(value) ? Object.entries(whenTrue) : [];
  const sets = said
    .filter(([one]) => !isGiven(input, one))
    .map(([one, text]): Change => ({ do: "set", in: "settings", key: one, value: text }));
  const words = sets.map((set) => (set.do === "set" ? `${set.key}=${set.value}` : "")).join(" and ");
  const label = sets.length === 0 ? `Remove ${key}` : `Replace it by ${words}`;
  return everywhere(look, place, key, { label, changes: [{ do: "remove", in: place, key }, ...sets] });
}

function arcOnly(look: Look, place: Place, key: string): Finding {
  const value = look.input[place][key];
  const fix = everywhere(look, place, key, removeFix(place, key));
  if ((key === "servicebus.enabled" || key === "relayserver.enabled") && typeof value === "string" && isFalse(value)) {
    return { ...info("derived-key", key, `${key} is off on AKS in any case.`, "Remove it, or let it be."), fix };
  }
  return { ...error("arc-only", key, `${key} is for clusters connected through Azure Arc; AKS is reached without it.`, "Remove it."), fix };
}

function passedOn(look: Look, place: Place, key: string, near: string | undefined): Finding {
  if (near === undefined) {
    return info(
      "passed-on",
      key,
      `${key} is passed on as it is; Bindery does not know what it does.`,
      "Check the name against the chart's own values.",
    );
  }
  return {
    ...warning("near-key", key, `${key} is not known; did you mean ${near}?`, `Write ${near} if that was meant.`),
    fix: renameFix(look, place, key, near),
  };
}
