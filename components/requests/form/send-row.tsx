import { Button } from "@/components/ui/button";
import { Send } from "@/components/ui/icons";
import { isStillSaid } from "./field-checks";
import { FormProblem } from "./wrong-fields";

/** How the last sending went. */
type Sent = { isError: boolean; error: unknown; variables: object | undefined; isPending: boolean; isSuccess: boolean };
type Props = { submit: Sent; startsAtOnce: boolean; tried: boolean; missing: string[]; body: object; send?: string };

/** The end of a form (`body`: as it is now, `send`: words of its button): why it was not taken, the button, and what is still needed. */
export function SendRow({ submit, startsAtOnce, tried, missing, body, send = "Send request" }: Props) {
  return (
    <>
      {submit.isError && isStillSaid(submit.error, submit.variables, body) && (
        <FormProblem error={submit.error} title="The request was not taken; nothing you typed is lost" />
      )}
      <div className="flex flex-wrap items-center gap-3 border-t border-line pt-3">
        <Button type="submit" kind="primary" icon={Send} busy={submit.isPending || submit.isSuccess}>
          {startsAtOnce ? "Send and start the run" : send}
        </Button>
        {tried && missing.length > 0 && (
          <span role="alert" className="text-xs text-danger-ink">
            Still needed: {missing.join(", ")}.
          </span>
        )}
      </div>
    </>
  );
}
