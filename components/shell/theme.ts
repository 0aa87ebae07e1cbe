/** How the pages look: one of the two themes, or what the system says. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Cookie that keeps the choice, so that the server draws the first paint in the right theme. */
export const themeCookie = "theme";

/** The theme that a cookie's value names; anything else is `system`. */
export function themeOf(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}
