"use client";
import { useState } from "react";
import { Plus } from "@/components/ui/icons";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import type { SettingView } from "./queries";

type Props = { offered: SettingView[]; given: string[]; onAdd: (key: string, value: string) => void };

/** Adds a setting: one that is known, by its name or meaning, or any other key. */
export function AddSetting({ offered, given, onAdd }: Props) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const options = offered
    .filter(({ key, meaning }) => !given.includes(key) && `${key} ${meaning}`.toLowerCase().includes(wanted))
    .slice(0, 30)
    .map(({ key, meaning }) => ({ value: key, label: key, hint: meaning }));
  const add = (key: string): void => {
    if (key === "" || given.includes(key)) return;
    const setting = offered.find((one) => one.key === key);
    onAdd(key, setting?.kind === "flag" ? "True" : (setting?.choices?.[0] ?? ""));
    setText("");
  };
  return (
    <div className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <label htmlFor="add-setting" className="mb-1 block font-medium">
          Add a setting
        </label>
        <Combobox
          id="add-setting"
          text={text}
          onText={setText}
          onPick={(option) => add(option.value)}
          options={options}
          placeholder="Search settings by name or meaning"
        />
      </div>
      <Button icon={Plus} onClick={() => add(text.trim())}>
        Add
      </Button>
    </div>
  );
}
