"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { describedBy, Field } from "@/components/ui/field";
import { mostTagBytes, tooLargeWords } from "@/lib/network/tags/size";
import { ImportDone, ImportRefused } from "./import-outcome";
import { megabytes } from "./import-words";
import { sendDocument } from "./send-document";

/** Chooses or drops the weekly file and sends it, unless it is too large to be one. After a refusal the choice stays. `inUse`: id of the snapshot in use. */
export function ImportFile({ inUse }: { inUse: string | undefined }) {
  const [file, setFile] = useState<File | undefined>();
  const [isOver, setOver] = useState(false);
  const [sent, setSent] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const stop = useRef(new AbortController());
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: async (document: File) => {
      stop.current = new AbortController();
      return { result: await sendDocument(document, setSent, stop.current.signal), before: inUse };
    },
    onSuccess: () => {
      setFile(undefined);
      if (input.current !== null) input.current.value = "";
      return client.invalidateQueries();
    },
  });
  const isEnded = send.isSuccess || send.isError;
  useEffect(() => {
    // The button that was pressed cannot have the focus any more; what came of it is announced.
    if (isEnded) input.current?.focus();
  }, [isEnded]);
  const choose = (chosen: File | undefined): void => {
    setFile(chosen);
    setSent(0);
    send.reset();
  };
  const isTooLarge = file !== undefined && file.size > mostTagBytes;
  const error = isTooLarge ? `${file.name} has ${megabytes(file.size)}. ${tooLargeWords.detail} ${tooLargeWords.remedy}` : undefined;
  const isStopped = send.error instanceof DOMException;
  return (
    <div className="min-w-0 space-y-3">
      <Field
        id="document"
        label="Weekly file"
        hint={`ServiceTags_Public_….json, as Microsoft publishes it each week; at most ${mostTagBytes / 1024 / 1024} MB.`}
        error={error}
      >
        <div
          className={clsx(
            "rounded-md border border-dashed p-3",
            isOver ? "border-brand-ink bg-brand-tint" : "border-line-strong bg-sunken",
          )}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            const [dropped] = event.dataTransfer.files;
            if (dropped === undefined || send.isPending) return;
            // The field would go on naming what was chosen before.
            if (input.current !== null) input.current.value = "";
            choose(dropped);
          }}
        >
          <input
            ref={input}
            id="document"
            type="file"
            accept=".json,application/json"
            disabled={send.isPending}
            className="block w-full text-xs file:mr-2 file:h-7 file:rounded-md file:border file:border-solid file:border-line-strong file:bg-surface file:px-2 file:text-ink hover:file:bg-hover"
            aria-invalid={error !== undefined}
            aria-describedby={describedBy("document", { hint: true, error: error !== undefined })}
            onChange={(event) => choose(event.target.files?.[0])}
          />
          <p className="mt-1.5 text-xs text-ink-3">{file === undefined ? "Or drop it here." : `${file.name}, ${megabytes(file.size)}.`}</p>
        </div>
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          kind="primary"
          busy={send.isPending}
          disabled={file === undefined || isTooLarge}
          onClick={() => file !== undefined && send.mutate(file)}
        >
          Import
        </Button>
        {send.isPending && file !== undefined && <Progress sent={sent} size={file.size} onStop={() => stop.current.abort()} />}
      </div>
      {isStopped && <output className="block text-ink-3">Stopped. The service tags in use stay as they are.</output>}
      {send.isError && !isStopped && <ImportRefused error={send.error} />}
      {send.isSuccess && <ImportDone {...send.data} from="file" />}
    </div>
  );
}

/** How much has gone; once all has, the server reads it, and stopping would come too late. */
function Progress({ sent, size, onStop }: { sent: number; size: number; onStop: () => void }) {
  const isSent = sent >= size;
  return (
    <>
      <progress aria-label="Sent" className="h-2 w-32 accent-brand" {...(isSent ? {} : { value: sent, max: size })} />
      <output className="num text-xs text-ink-3">
        {isSent ? "Sent. It is read now." : `${megabytes(sent)} of ${megabytes(size)} sent`}
      </output>
      {!isSent && (
        <Button size="sm" onClick={onStop}>
          Stop
        </Button>
      )}
    </>
  );
}
