"use client";
import clsx from "clsx";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { Input } from "./field";

export type Option = { value: string; label: string; hint: string };

type Props = {
  id: string;
  text: string;
  onText: (text: string) => void;
  onPick: (option: Option) => void;
  options: Option[];
  /** Line below the options: what was not read, how many more there are. */
  note?: ReactNode;
  placeholder: string;
  invalid?: boolean;
  describedBy?: string | undefined;
};

/** A text field with suggestions (ARIA combobox with a listbox). The text stays the person's own: it may be something that is not suggested. */
export function Combobox({ id, text, onText, onPick, options, note, placeholder, invalid = false, describedBy }: Props) {
  const list = useId();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const shown = open && (options.length > 0 || note !== undefined);
  const pick = (option: Option): void => {
    onPick(option);
    setOpen(false);
    setActive(-1);
  };
  const move = (step: 1 | -1): void => {
    setOpen(true);
    const next = options.length === 0 ? -1 : (active + step + options.length) % options.length;
    setActive(next);
    document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = options[active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && shown && chosen !== undefined) pick(chosen);
    else if (event.key === "Escape" && shown) setOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={box}
      className="relative"
      onBlur={(event) => {
        if (!box.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <Input
        id={id}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the field stays free text; a select does not
        role="combobox"
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 && shown ? `${list}-${active}` : undefined}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        autoComplete="off"
        spellCheck={false}
        value={text}
        placeholder={placeholder}
        onChange={(event) => {
          onText(event.target.value);
          setOpen(true);
          setActive(-1);
        }}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      <div
        className={clsx(
          "absolute inset-x-0 top-full z-20 mt-1 max-h-72 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-high",
          !shown && "hidden",
        )}
      >
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a datalist cannot show two lines and takes no styles */}
        <div id={list} role="listbox" aria-label="Suggestions">
          {options.map((option, index) => (
            // The field keeps the focus and the keys; the pointer alone comes here.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- see above
            <div
              key={option.value}
              id={`${list}-${index}`}
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option outside a select is not one
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(option)}
              className={clsx("cursor-pointer rounded-sm px-2 py-1", index === active ? "bg-brand-tint" : "hover:bg-hover")}
            >
              <span className="block font-medium">{option.label}</span>
              <span className="block text-xs text-ink-3">{option.hint}</span>
            </div>
          ))}
        </div>
        {note !== undefined && <div className="px-2 py-1 text-xs text-ink-3">{note}</div>}
      </div>
    </div>
  );
}
