"use client";
import { useState } from "react";
import { isClusterId } from "@/components/requests/form/draft";
import { useClusterOptions } from "@/components/requests/form/use-cluster-options";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { describedBy, Field } from "@/components/ui/field";
import { Plus } from "@/components/ui/icons";

/** A further cluster: picked by its name, or by an ARM id that is typed and added. */
export function AddCluster({ onAdd, error }: { onAdd: (id: string) => void; error: string | undefined }) {
  const [text, setText] = useState("");
  const { options, note } = useClusterOptions(text);
  const add = (id: string): void => {
    onAdd(id);
    setText("");
  };
  return (
    <Field id="addCluster" label="Add a cluster" hint="A name, or an ARM id that you paste." error={error}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Enter in the field adds what was typed, and does not send the form */}
      <div
        className="flex gap-2"
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.defaultPrevented || !isClusterId(text)) return;
          event.preventDefault();
          add(text);
        }}
      >
        <div className="min-w-0 flex-1">
          <Combobox
            id="addCluster"
            text={text}
            onText={setText}
            onPick={({ value }) => add(value)}
            options={options}
            note={note}
            placeholder="Search clusters or paste an ARM id"
            invalid={error !== undefined}
            describedBy={describedBy("addCluster", { hint: true, error: error !== undefined })}
          />
        </div>
        <Button icon={Plus} disabled={!isClusterId(text)} onClick={() => add(text)}>
          Add
        </Button>
      </div>
    </Field>
  );
}
