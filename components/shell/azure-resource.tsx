"use client";
import { ArmId } from "@/components/ui/arm-id";
import { useMe } from "./me";
import { azurePortalHref } from "./azure-portal";

/** An ARM id, with the way to its page in the Azure portal where the cloud has one. */
export function AzureResource({ id, what }: { id: string; what: string }) {
  const me = useMe();
  const href = me === undefined ? null : azurePortalHref(me.cloud.portalUrl, me.tid, id);
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-x-2">
      <ArmId id={id} what={what} />
      {href !== null && (
        <a href={href} target="_blank" rel="noreferrer" className="text-brand-ink hover:underline">
          Azure portal<span className="sr-only">, in a new tab</span>
        </a>
      )}
    </span>
  );
}
