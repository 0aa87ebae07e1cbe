import { Names } from "@/components/ui/names";
import type { Check } from "../shapes";

/** Checks beside a field that do not stop the form. Null for none, so that the field draws no empty line. */
export function Warnings({ warnings }: { warnings: Check[] }) {
  return warnings.map((warning) => (
    <p key={warning.key}>
      {warning.status === "not-verified" && "Not verified: "}
      <Names text={`${warning.message} ${warning.remedy ?? ""}`} />
    </p>
  ));
}
