"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ScanSearch } from "@/components/ui/icons";
import { Button } from "@/components/ui/button";
import { describedBy, Field, Textarea } from "@/components/ui/field";
import { ApiError, api } from "@/lib/http/api";
import { FindingLines } from "./finding-lines";
import { findCluster, type PasteView } from "./queries";

type Props = { onRead: (paste: PasteView, clusterId: string | null) => void };

/** Takes the command that a person has, and fills the form in with what it says. */
export function PasteBox({ onRead }: Props) {
  const [text, setText] = useState("");
  const read = useMutation({
    mutationFn: async () => {
      const paste = await api("POST /api/v1/deployments/paste", { body: { text } });
      return { paste, clusterId: await findCluster(paste) };
    },
    onSuccess: ({ paste, clusterId }) => {
      onRead(paste, clusterId);
      // What stood in it may have been a secret: the form has taken what it needs.
      setText("");
    },
  });
  const error = read.error === null ? undefined : errorText(read.error);
  return (
    <div className="space-y-2">
      <Field
        id="paste"
        label="Paste the az command you have"
        hint="az k8s-extension create …, or key=value pairs. Secrets in it are kept sealed, nothing else is stored; it replaces the settings below."
        error={error}
        optional
      >
        <Textarea
          id="paste"
          rows={4}
          className="font-mono text-xs"
          spellCheck={false}
          autoComplete="off"
          maxLength={20_000}
          value={text}
          aria-invalid={error !== undefined}
          aria-describedby={describedBy("paste", { hint: true, error: error !== undefined })}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <Button icon={ScanSearch} busy={read.isPending} disabled={text.trim() === ""} onClick={() => read.mutate()}>
        Read the command
      </Button>
      <output className="block space-y-1.5">{read.data !== undefined && <WhatWasRead {...read.data} />}</output>
    </div>
  );
}

function WhatWasRead({ paste, clusterId }: { paste: PasteView; clusterId: string | null }) {
  const count = Object.keys(paste.settings).length;
  const sealed = Object.keys(paste.protected);
  return (
    <>
      <p className="text-xs text-ink-2">
        Read {count} {count === 1 ? "setting" : "settings"}
        {paste.name !== null && `, the name ${paste.name}`}
        {paste.cluster !== null &&
          (clusterId === null
            ? `, and the cluster ${paste.cluster}, which is not one that you can read: choose it in the form`
            : `, and the cluster ${paste.cluster}`)}
        .
      </p>
      {sealed.length > 0 && (
        <p className="text-xs text-ink-2">
          Kept sealed: {sealed.join(", ")}. Wiped when the request ends, or after 72 hours. Whoever saw the command knows them.
        </p>
      )}
      <FindingLines findings={paste.reading} />
    </>
  );
}

function errorText(error: Error): string {
  if (!(error instanceof ApiError)) return "The command could not be read. Try again.";
  return error.fields.text ?? [error.message, error.remedy].filter(Boolean).join(" ");
}
