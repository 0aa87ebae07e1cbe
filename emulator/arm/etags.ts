import { headerOf } from "../server/exchange";
import type { ArmResource } from "../state/shapes";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";

/**
 * Holds a write of a cluster against `If-Match` and `If-None-Match`, before anything else is looked at: 400 `BadRequest` for both at once or an
 * `If-None-Match` that is not `*`, 412 `PreConditionFailed` where the entity tag is another or nothing should be there (azure-aks-docs,
 * articles/aks/use-etags.md; the messages are not recorded). An entity tag may come in quotes.
 */
export function refuseUnmatched(call: ArmCall, kept: ArmResource | undefined): void {
  const match = (headerOf(call.incoming, "if-match") ?? "").replace(/^"(.*)"$/, "$1");
  const noneMatch = headerOf(call.incoming, "if-none-match") ?? "";
  if (noneMatch !== "" && noneMatch !== "*")
    throw new ArmError(400, "BadRequest", "The value of the header 'If-None-Match' must be empty or '*'.");
  if (match !== "" && noneMatch !== "")
    throw new ArmError(400, "BadRequest", "The headers 'If-Match' and 'If-None-Match' cannot be used at the same time.");
  if (noneMatch === "*" && kept !== undefined)
    throw new ArmError(412, "PreConditionFailed", "The resource exists already, but the header 'If-None-Match' is '*'.");
  if (match === "" || (match === "*" && kept !== undefined) || match === kept?.eTag) return;
  throw new ArmError(
    412,
    "PreConditionFailed",
    `The value of the header 'If-Match' '${match}' does not match the latest eTag of the resource.`,
  );
}
