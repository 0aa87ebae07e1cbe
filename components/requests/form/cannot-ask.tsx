import { Empty } from "@/components/ui/empty";
import { Lock } from "@/components/ui/icons";

/** In place of a form, for whoever may not ask. */
export function CannotAsk() {
  return (
    <Empty icon={Lock} title="You cannot ask">
      Requests are made with the portal role Requester or Approver. Ask your administrator to assign you one in Entra.
    </Empty>
  );
}
