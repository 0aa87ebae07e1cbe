"use client";
import { Search, X } from "@/components/ui/icons";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { armNames } from "./arm-names";
import { LinkButton } from "./button";
import { Select } from "./field";

/** One row above a list: tabs or chips, selects, the search box. State lives in the address. */
export function FilterBar({ children }: { children: ReactNode }) {
  return <search className="mb-3 flex flex-wrap items-center gap-2">{children}</search>;
}

type SearchProps = { value: string; onSearch: (text: string) => void; placeholder: string };

/** Search box of a list; `/` puts the cursor into it. Tells of the text 250 ms after the last key. */
export function SearchBox({ value, onSearch, placeholder }: SearchProps) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    // The address changed by other means (back button, a link): follow it.
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    if (text.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      onSearch(text.trim());
    }, 250);
    return () => clearTimeout(timer);
  }, [text, onSearch]);
  return (
    <div className="relative w-full sm:w-64">
      <Search aria-hidden className="pointer-events-none absolute top-1.5 left-2 size-4 text-ink-3" />
      <input
        type="search"
        data-search
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={placeholder}
        aria-label={placeholder}
        aria-keyshortcuts="/"
        className="h-7 w-full rounded-md border border-line-strong bg-surface pr-2 pl-7 text-sm"
      />
    </div>
  );
}

type SelectProps = { label: string; value: string; onPick: (value: string) => void; options: [value: string, text: string][]; all: string };

/** A filter with some fixed values; `all` is the word for no filter. */
export function FilterSelect({ label, value, onPick, options, all }: SelectProps) {
  return (
    <Select aria-label={label} value={value} onChange={(event) => onPick(event.target.value)} className="h-7! w-auto! max-w-56">
      <option value="">{all}</option>
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </Select>
  );
}

/** Says that a list is of one resource (ARM id) alone, and leads to the list of all; `label` says so to who cannot see the cross. */
export function OnOne({ word, id, href, label }: { word: "on" | "of"; id: string | undefined; href: string; label: string }) {
  if (id === undefined) return null;
  return (
    <LinkButton size="sm" icon={X} href={href} aria-label={label}>
      {word} {armNames(id).name}
    </LinkButton>
  );
}
