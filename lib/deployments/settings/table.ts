import { editDistance } from "./edit-distance";
import { knownSettings } from "./table-rows";
import { wrongNames } from "./table-wrong-names";

/** How a value is written. In Azure every value is a text; a flag is `True` or `False`, in any case. */
export type Kind = "flag" | "choice" | "text" | "fqdn" | "secret-name" | "label-value" | "quantity" | "number" | "pem" | "secret";

/** What a setting belongs to. */
export type Feature =
  | "training"
  | "inference"
  | "tls"
  | "gpu"
  | "monitoring"
  | "scheduling"
  | "placement"
  | "ingress"
  | "logs"
  | "migration"
  | "cluster";

/** One setting of the extension `Microsoft.AzureML.Kubernetes`. */
export type Setting = {
  /** The exact key; case counts. A pattern's is for people: `nodeSelector.<label>`. */
  key: string;
  kind: Kind;
  /** The values of a choice, as the documentation writes them; Azure takes them in any case. */
  choices?: readonly string[];
  /** What holds when the key is not given; null: nothing. */
  fallback: string | null;
  feature: Feature;
  /** One sentence. */
  meaning: string;
  /** True for what belongs to the protected settings, which Azure never gives back. */
  protected: boolean;
  /** True for what Bindery adds from the cluster's facts, as the az CLI does. */
  derived?: boolean;
};

/** A family of keys. */
export type SettingPattern = Setting & {
  /** Takes the key apart, whatever its case. */
  match: RegExp;
  /** The right spelling of what was matched. */
  spell(parts: RegExpExecArray): string;
  /** True for the values of a part that the extension brings along: any name is passed on, and not known here. */
  open?: boolean;
};

/** A key that is obsolete, wrong, or written by Azure's tools alone. */
export type WrongName = {
  key: string;
  why: string;
  /** The key of today; the value stays. */
  to?: string;
  /** What the old flag meant when it was true. */
  whenTrue?: Record<string, string>;
};

/** What the table knows of a key. */
export type Lookup =
  | { status: "known"; setting: Setting }
  | { status: "misspelt"; by: "case" | "letters"; key: string; setting: Setting }
  | { status: "wrong-name"; name: WrongName }
  | { status: "arc-only" }
  /** A value of a part that the extension brings along (Volcano, ingress-nginx): passed on, not known here. */
  | { status: "passed-on"; near?: string }
  | { status: "unknown" };

const families: SettingPattern[] = [
  family("nodeSelector.<label>", "label-value", "placement", "Places the extension and its workloads on nodes with this label only.", {
    match: /^nodeSelector\.(.+)$/i,
    spell: (parts) => `nodeSelector.${parts[1]}`,
  }),
  toleration("key", "text", "Taint that the workloads tolerate."),
  toleration("operator", "choice", "How the taint is compared: by key and value, or by key alone.", ["Equal", "Exists"]),
  toleration("value", "label-value", "Value of the tolerated taint."),
  toleration("effect", "choice", "Effect of the tolerated taint.", ["NoSchedule", "PreferNoSchedule", "NoExecute"]),
  part("volcanoScheduler", "scheduling", "A value of the Volcano chart that the extension brings along."),
  part("nginxIngress", "ingress", "A value of the ingress controller's chart that the extension brings along."),
];

function family(
  key: string,
  kind: Kind,
  feature: Feature,
  meaning: string,
  rest: Pick<SettingPattern, "match" | "spell" | "choices" | "open">,
): SettingPattern {
  return { key, kind, fallback: null, feature, meaning, protected: false, ...rest };
}

function toleration(part: string, kind: Kind, meaning: string, choices?: readonly string[]): SettingPattern {
  return family(`workLoadToleration[i].${part}`, kind, "placement", meaning, {
    match: new RegExp(`^workLoadToleration\\[(\\d{1,2})\\]\\.${part}$`, "i"),
    spell: (parts) => `workLoadToleration[${Number(parts[1])}].${part}`,
    ...(choices === undefined ? {} : { choices }),
  });
}

function part(name: string, feature: Feature, meaning: string): SettingPattern {
  return family(`${name}.<value>`, "text", feature, meaning, {
    match: new RegExp(`^${name}\\.([^\\s]+)$`, "i"),
    spell: (parts) => `${name}.${parts[1]}`,
    open: true,
  });
}

const arcOnly = /^((relayserver|servicebus)\..+|relayServerConnectionString|serviceBusConnectionString|RelayConnectionString|openshift)$/i;

/** Every setting with a key of its own, then the families of keys, in the order of the form. */
export const settingsTable: readonly (Setting | SettingPattern)[] = [...knownSettings, ...families];

const byKey = new Map(knownSettings.map((setting) => [setting.key, setting]));
const byFolded = new Map(knownSettings.map((setting) => [setting.key.toLowerCase(), setting]));
const wrongByFolded = new Map(wrongNames.map((name) => [name.key.toLowerCase(), name]));

/** The setting of exactly this key, or null. */
export function settingOf(key: string): Setting | null {
  const found = lookUp(key);
  return found.status === "known" ? found.setting : null;
}

/** What the table knows of a key: the exact one, a wrong spelling of one, an old name, one for Arc, or nothing. */
export function lookUp(key: string): Lookup {
  const exact = byKey.get(key);
  if (exact !== undefined) return { status: "known", setting: exact };
  const folded = key.trim().toLowerCase();
  const otherCase = byFolded.get(folded);
  if (otherCase !== undefined) return { status: "misspelt", by: "case", key: otherCase.key, setting: otherCase };
  const wrong = wrongByFolded.get(folded);
  if (wrong !== undefined) return { status: "wrong-name", name: wrong };
  if (arcOnly.test(key.trim())) return { status: "arc-only" };
  return lookUpFamily(key, folded) ?? lookUpNear(folded);
}

function lookUpFamily(key: string, folded: string): Lookup | undefined {
  for (const setting of families) {
    const parts = setting.match.exec(key.trim());
    if (parts === null) continue;
    const right = setting.spell(parts);
    if (right !== key) return { status: "misspelt", by: "case", key: right, setting };
    if (setting.open !== true) return { status: "known", setting };
    const near = nearest(folded);
    return near === undefined ? { status: "passed-on" } : { status: "passed-on", near: near.key };
  }
  return undefined;
}

function lookUpNear(folded: string): Lookup {
  const near = nearest(folded);
  return near === undefined ? { status: "unknown" } : { status: "misspelt", by: "letters", key: near.key, setting: near };
}

/** The one setting whose key is a slip of the pen away; none when two are equally near. */
function nearest(folded: string): Setting | undefined {
  const reach = folded.length >= 10 ? 3 : folded.length >= 6 ? 2 : folded.length >= 4 ? 1 : 0;
  let best: Setting | undefined;
  let least = reach + 1;
  for (const setting of knownSettings) {
    const steps = editDistance(folded, setting.key.toLowerCase(), reach);
    if (steps > least || steps > reach) continue;
    best = steps === least ? undefined : setting;
    least = steps;
  }
  return best;
}
