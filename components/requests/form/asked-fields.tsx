import { describedBy, Field, Input, Textarea } from "@/components/ui/field";
import type { FieldTexts } from "./field-checks";
import { Warnings } from "./warnings";

type Props = {
  reason: string;
  ticket: string;
  onChange: (part: { reason?: string; ticket?: string }) => void;
  /** What the policy asks; null: not known yet. */
  verdict: { reasonRequired: boolean; ticketRequired: boolean } | null;
  texts: (field: "reason" | "ticket") => FieldTexts;
  /** The person tried to send: what is empty counts as wrong from then on. */
  tried: boolean;
};

/** Why, and under which ticket: what every request is asked with. */
export function AskedFields({ reason, ticket, onChange, verdict, texts, tried }: Props) {
  // What was not written yet is not wrong yet.
  const calm = (field: "reason" | "ticket", value: string): FieldTexts =>
    tried || value !== "" ? texts(field) : { error: undefined, warnings: [] };
  const [reasonTexts, ticketTexts] = [calm("reason", reason), calm("ticket", ticket)];
  return (
    <>
      <Field
        id="reason"
        label="Reason"
        optional={verdict?.reasonRequired === false}
        hint={
          verdict?.reasonRequired === true ? "The policy asks for one; approvers and auditors read it." : "Approvers and auditors read it."
        }
        error={reasonTexts.error}
        warning={reasonTexts.warnings.length > 0 && <Warnings warnings={reasonTexts.warnings} />}
      >
        <Textarea
          id="reason"
          value={reason}
          maxLength={2000}
          aria-invalid={reasonTexts.error !== undefined}
          aria-describedby={describedBy("reason", {
            hint: true,
            error: reasonTexts.error !== undefined,
            warning: reasonTexts.warnings.length > 0,
          })}
          onChange={(event) => onChange({ reason: event.target.value })}
        />
      </Field>
      <Field
        id="ticket"
        label="Ticket"
        hint={verdict?.ticketRequired === true && "The policy asks for one."}
        optional={verdict?.ticketRequired !== true}
        error={ticketTexts.error}
      >
        <Input
          id="ticket"
          value={ticket}
          maxLength={100}
          aria-invalid={ticketTexts.error !== undefined}
          aria-describedby={describedBy("ticket", { hint: verdict?.ticketRequired === true, error: ticketTexts.error !== undefined })}
          onChange={(event) => onChange({ ticket: event.target.value })}
        />
      </Field>
    </>
  );
}
