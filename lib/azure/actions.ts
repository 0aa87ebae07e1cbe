import { matchesPattern } from "@/lib/kernel/pattern";

/** One permission of an Azure role. An action is allowed when some permission's `actions` match it and its `notActions` do not. */
export type Permission = { actions: string[]; notActions: string[] };

/** True when one of the permissions allows the action. `*` stands for any text; case does not count (learn.microsoft.com, role-definitions). */
export function allows(permissions: readonly Permission[], action: string): boolean {
  return permissions.some(
    (permission) =>
      permission.actions.some((pattern) => matchesPattern(pattern, action)) &&
      !permission.notActions.some((pattern) => matchesPattern(pattern, action)),
  );
}
