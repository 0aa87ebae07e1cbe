/** The name under which a protected value is kept elsewhere, sealed. The value itself is filled in at the last moment. */
export type ProtectedRef = { ref: string };

/** Azure keeps two maps for an extension: plain settings, which anybody who can read the extension sees, and protected ones. */
export type Place = "settings" | "protected";

/** What is asked of the extension, checked: every plain value is a text, every protected one a reference. */
export type ExtensionInput = {
  /** Name of the extension on the cluster, and the beginning of the names of some of its pods. */
  name: string;
  settings: Record<string, string>;
  protected: Record<string, ProtectedRef>;
  /** An exact version; Azure takes one only with `autoUpgrade: false`. */
  version?: string;
  /** Default `stable`. */
  releaseTrain?: string;
  /** Default true. */
  autoUpgrade?: boolean;
};

/** The same before it was checked, from a form, a file or a pasted command: values of any type, protected ones perhaps still texts. */
export type UncheckedInput = Omit<ExtensionInput, "name" | "settings" | "protected"> & {
  name?: string;
  settings: Record<string, unknown>;
  protected: Record<string, unknown>;
};

/** True for `{ ref: name }` and nothing else. */
export function isProtectedRef(value: unknown): value is ProtectedRef {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).length === 1 &&
    "ref" in value &&
    typeof value.ref === "string" &&
    value.ref !== ""
  );
}

/** True when the key is given in either map, whatever its value. */
export function isGiven(input: UncheckedInput, key: string): boolean {
  return Object.hasOwn(input.settings, key) || Object.hasOwn(input.protected, key);
}

/** The text given for a key: from the plain settings, else from the protected ones, as the az CLI reads them. A reference has no text. */
export function valueOf(input: UncheckedInput, key: string): string | undefined {
  const value = Object.hasOwn(input.settings, key)
    ? input.settings[key]
    : Object.hasOwn(input.protected, key)
      ? input.protected[key]
      : undefined;
  return typeof value === "string" ? value : undefined;
}

/** The text given for a key among the plain settings: the one that may be shown. */
export function plainValueOf(input: UncheckedInput, key: string): string | undefined {
  const value = Object.hasOwn(input.settings, key) ? input.settings[key] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** Whether a text means true: in any case, as the az CLI and Helm read it. */
export const isTrue = (value: string | undefined): boolean => value?.toLowerCase() === "true";

/** Whether a text means false, in any case. */
export const isFalse = (value: string | undefined): boolean => value?.toLowerCase() === "false";

/** True when two texts are equal without regard to case. */
export const sameText = (a: string | undefined, b: string | undefined): boolean => a?.toLowerCase() === b?.toLowerCase();
