"use client";
import { Monitor, Moon, Sun } from "@/components/ui/icons";
import { useState } from "react";
import { type Theme, themeCookie, themes } from "./theme";

const looks = {
  system: { icon: Monitor, word: "System" },
  light: { icon: Sun, word: "Light" },
  dark: { icon: Moon, word: "Dark" },
} as const;

/** Light, dark, or what the system says. Kept in a cookie for a year, so that the server draws it right. */
export function ThemeSwitch({ theme: first }: { theme: Theme }) {
  const [theme, setTheme] = useState(first);
  const pick = (next: Theme): void => {
    setTheme(next);
    document.documentElement.dataset.theme = next;
    const secure = location.protocol === "https:" ? "; secure" : "";
    // The Cookie Store API is not in every browser that we serve.
    document.cookie = `${themeCookie}=${next}; path=/; max-age=31536000; samesite=lax${secure}`;
  };
  return (
    <fieldset className="flex rounded-md border border-line p-0.5">
      <legend className="sr-only">Theme</legend>
      {themes.map((each) => {
        const { icon: Icon, word } = looks[each];
        return (
          <label
            key={each}
            className="flex h-7 flex-1 items-center justify-center gap-1.5 rounded-sm px-2 text-xs text-ink-2 has-checked:bg-brand-tint has-checked:font-semibold has-checked:text-brand-ink has-focus-visible:outline-2"
          >
            <input type="radio" name="theme" value={each} checked={theme === each} onChange={() => pick(each)} className="sr-only" />
            <Icon aria-hidden className="size-3.5" />
            {word}
          </label>
        );
      })}
    </fieldset>
  );
}
