import { Time } from "@/components/ui/time";

/** When something was asked for, and under which ticket: the end of a line. */
export function AskedAt({ iso, ticket }: { iso: string; ticket: string | null }) {
  return (
    <>
      <Time iso={iso} />
      {ticket !== null && (
        <>
          , <span className="whitespace-nowrap">ticket {ticket}</span>
        </>
      )}
    </>
  );
}

/** Why it was asked for, in the requester's words. */
export function ReasonLine({ reason }: { reason: string }) {
  return (
    <p className="-mt-2 mb-3 max-w-4xl break-words whitespace-pre-line">
      {reason === "" ? (
        <span className="text-ink-3">No reason was given.</span>
      ) : (
        <>
          <span className="text-ink-3">Reason:</span> {reason}
        </>
      )}
    </p>
  );
}
