"use client";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Lock } from "@/components/ui/icons";
import { Button } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { describedBy, Field, FieldError, Input } from "@/components/ui/field";
import { Fold } from "@/components/ui/fold";
import { Time } from "@/components/ui/time";
import { ApiError, api } from "@/lib/http/api";
import type { Answer } from "@/lib/http/contract";
import type { ExtensionDraft } from "./draft";

type Kept = Answer<"POST /api/v1/deployments/certificates">;
type Props = {
  secret: string;
  onSecret: (name: string) => void;
  /** Of certificate and key; empty: none are kept. */
  refs: ExtensionDraft["protected"];
  onRefs: (refs: ExtensionDraft["protected"]) => void;
  /** What the check of the request says of what is kept, or the check of the settings of its names. */
  error: string | undefined;
};

/** What endpoints need for HTTPS: the name of a secret that is in the cluster, or a certificate with its key, kept sealed. */
export function CertificateField({ secret, onSecret, refs, onRefs, error }: Props) {
  const isKept = Object.keys(refs).length > 0;
  // Whoever takes back what was kept wants to give another: the fold stays open.
  const [wasKept, setWasKept] = useState(isKept);
  if (isKept && !wasKept) setWasKept(true);
  return (
    <div className="space-y-2">
      <Field
        id="sslSecret"
        label="Secret with the certificate"
        hint="Name of a secret in the namespace azureml that holds cert.pem and key.pem. So the key need not enter Bindery at all."
        optional
      >
        <Input
          id="sslSecret"
          value={secret}
          maxLength={253}
          spellCheck={false}
          disabled={isKept}
          aria-describedby={describedBy("sslSecret", { hint: true })}
          onChange={(event) => onSecret(event.target.value)}
        />
      </Field>
      <Fold summary="Or upload a certificate and its key (PEM)" open={wasKept}>
        <Upload isKept={isKept} onRefs={onRefs} />
        {isKept && error !== undefined && <FieldError id="certificate-kept">{error}</FieldError>}
      </Fold>
    </div>
  );
}

function Upload({ isKept, onRefs }: { isKept: boolean; onRefs: Props["onRefs"] }) {
  const [files, setFiles] = useState<{ certificate?: File | undefined; key?: File | undefined }>({});
  const form = useRef<HTMLDivElement>(null);
  const keep = useMutation({
    mutationFn: async ({ certificate, key }: { certificate: File; key: File }) =>
      api("POST /api/v1/deployments/certificates", { body: { certificate: await certificate.text(), key: await key.text() } }),
    onSuccess: ({ refs }) => {
      onRefs(refs);
      setFiles({});
      for (const input of form.current?.querySelectorAll("input") ?? []) input.value = "";
    },
  });
  const fields = keep.error instanceof ApiError ? keep.error.fields : {};
  const { certificate, key } = files;
  return (
    <div ref={form} className="space-y-3">
      <PemFile
        id="certificate"
        label="Certificate with its chain"
        error={fields.certificate}
        onFile={(file) => setFiles({ ...files, certificate: file })}
      />
      <PemFile id="key" label="Private key, without a passphrase" error={fields.key} onFile={(file) => setFiles({ ...files, key: file })} />
      {keep.error !== null && fields.certificate === undefined && fields.key === undefined && (
        <FieldError id="upload">{keep.error.message}</FieldError>
      )}
      <Button
        icon={Lock}
        busy={keep.isPending}
        disabled={certificate === undefined || key === undefined}
        onClick={() => certificate !== undefined && key !== undefined && keep.mutate({ certificate, key })}
      >
        Keep them sealed
      </Button>
      {certificate !== undefined && key !== undefined && !keep.isPending && (
        <output className="block text-xs text-warning-ink">
          Chosen, and not kept yet: press “Keep them sealed”, or they do not go with the request.
        </output>
      )}
      <p className="text-xs text-ink-3">They are wiped when the request ends, or after 72 hours.</p>
      {isKept && (
        <div className="space-y-2 rounded-md bg-sunken p-2">
          {keep.data === undefined ? (
            <p>A certificate and its key are kept for this request.</p>
          ) : (
            <CertificateFacts certificate={keep.data.certificate} />
          )}
          <Button size="sm" onClick={() => onRefs({})}>
            Use another
          </Button>
        </div>
      )}
    </div>
  );
}

function PemFile({
  id,
  label,
  error,
  onFile,
}: {
  id: string;
  label: string;
  error: string | undefined;
  onFile: (file: File | undefined) => void;
}) {
  return (
    <Field id={id} label={label} error={error}>
      <input
        id={id}
        type="file"
        accept=".pem,.crt,.cer,.key"
        className="block w-full text-xs file:mr-2 file:h-7 file:rounded-md file:border file:border-solid file:border-line-strong file:bg-surface file:px-2 file:text-ink hover:file:bg-sunken"
        aria-invalid={error !== undefined}
        aria-describedby={describedBy(id, { error: error !== undefined })}
        onChange={(event) => onFile(event.target.files?.[0])}
      />
    </Field>
  );
}

function CertificateFacts({ certificate: { names, subject, issuer, notAfter, keyType, fingerprint } }: Pick<Kept, "certificate">) {
  return (
    <Facts
      items={[
        ["For", names.join(", ") || subject],
        ["Issuer", issuer],
        ["Ends", <Time key="ends" iso={notAfter} />],
        ["Key", keyType],
        [
          "SHA-256",
          <code key="fingerprint" className="font-mono text-xs break-all">
            {fingerprint}
          </code>,
        ],
      ]}
    />
  );
}
