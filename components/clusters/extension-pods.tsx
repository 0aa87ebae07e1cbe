import { Badge } from "@/components/ui/badge";
import { CircleCheck, CircleOff, CircleX } from "@/components/ui/icons";
import type { AzureMl } from "./words";

type Pods = Extract<NonNullable<AzureMl["pods"]>, { state: "ok" }>["value"];

/** The pods of the extension: what is missing and unwell first, each with why it should be there. */
export function ExtensionPods({ pods: { well, missing, unwell, other } }: { pods: Pods }) {
  if (well.length + missing.length + unwell.length + other.length === 0)
    return <p className="text-ink-3">The namespace azureml has no pods, and none are expected.</p>;
  return (
    <ul className="grid gap-x-6 gap-y-1.5 lg:grid-cols-2">
      {missing.map(({ app, why, found, count }) => (
        <li key={`missing ${app}`}>
          <Badge tone="danger" icon={CircleOff}>
            {found === 0 ? "Missing" : `${found} of ${count}`}
          </Badge>{" "}
          <span className="font-medium">{app}</span> <span className="text-ink-3">{why}</span>
        </li>
      ))}
      {unwell.map(({ app, pod, why }) => (
        <li key={`unwell ${pod}`} className="break-words">
          <Badge tone="warning" icon={CircleX}>
            Not well
          </Badge>{" "}
          <span className="font-medium" title={app}>
            {pod}
          </span>{" "}
          <span className="text-ink-2">{why}</span>
        </li>
      ))}
      {well.map(({ app, found, why }) => (
        <li key={`well ${app}`}>
          <Badge tone="success" icon={CircleCheck}>
            {found === 1 ? "Well" : `${found} well`}
          </Badge>{" "}
          <span className="font-medium">{app}</span> <span className="text-ink-3">{why}</span>
        </li>
      ))}
      {other.length > 0 && (
        <li className="break-words text-ink-3 lg:col-span-2">
          Also there, and explained by no setting: <span className="font-mono text-xs">{other.join(", ")}</span>
        </li>
      )}
    </ul>
  );
}
