import { CodeBlock, Json } from "@/components/ui/code-block";
import { Fold } from "@/components/ui/fold";
import type { PlanView, RequestDetail } from "../shapes";

/** The same plan for other tools, folded: JSON, az, Terraform, Bicep. */
export function PlanExports({ plan, exports }: { plan: PlanView; exports: RequestDetail["exports"] }) {
  return (
    <div className="space-y-1">
      <Fold summary="Plan as JSON">
        <Json value={plan} what="plan as JSON" />
      </Fold>
      {exports !== null && (
        <>
          <Fold summary="Azure CLI">
            <CodeBlock text={exports.az} what="az commands" />
          </Fold>
          <Fold summary="Terraform">
            <CodeBlock text={exports.terraform} what="Terraform" />
          </Fold>
          <Fold summary="Bicep">
            <CodeBlock text={exports.bicep} what="Bicep" />
          </Fold>
        </>
      )}
    </div>
  );
}
