import { bindingKind } from "@/lib/bindings/kind";
import { deployKind } from "@/lib/deployments/deploy/kind";
import { teardownKind } from "@/lib/deployments/teardown/kind";
import { networkKind } from "@/lib/network/authorize/kind";
import type { RequestKind } from "@/lib/plans/plan";
import type { Kind } from "./kind";
import type { RequestInput } from "./schema";

/** The registry: adding a kind is its folder, one line here and one form component. */
export const kinds: { [K in RequestKind]: Kind<Extract<RequestInput, { kind: K }>> } = {
  "binding-grant": { ...bindingKind, title: "Grant a role binding" },
  "binding-update": { ...bindingKind, title: "Change a role binding" },
  "binding-revoke": { ...bindingKind, title: "Revoke a role binding" },
  "ml-deploy": deployKind,
  "ml-teardown": teardownKind,
  "network-authorize": networkKind,
};

/** The kind of a request, for that request's input. */
export function kindOf<I extends RequestInput>(input: I): Kind<I> {
  return kinds[input.kind] as unknown as Kind<I>;
}
