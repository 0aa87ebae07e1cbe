import { AlertTriangle, Info, XCircle, type Icon } from "@/components/ui/icons";
import { Button } from "@/components/ui/button";
import { Names } from "@/components/ui/names";
import type { FindingView } from "./queries";

const looks: Record<FindingView["level"], { icon: Icon; word: string; className: string }> = {
  error: { icon: XCircle, word: "Stops it", className: "text-danger-ink" },
  warning: { icon: AlertTriangle, word: "Warning", className: "text-warning-ink" },
  info: { icon: Info, word: "Note", className: "text-ink-3" },
};

type Props = { findings: FindingView[]; onFix?: (fix: NonNullable<FindingView["fix"]>) => void; id?: string };

/** What was found, each with what to do, and a button where one click does it. Null for none. */
export function FindingLines({ findings, onFix, id }: Props) {
  if (findings.length === 0) return null;
  return (
    <ul id={id} className="space-y-1.5">
      {findings.map(({ rule, key, level, message, remedy, fix, risk }) => {
        const { icon: LevelIcon, word, className } = looks[level];
        return (
          <li key={`${rule} ${key} ${message}`} className="flex flex-wrap items-start gap-x-2 gap-y-1 text-xs">
            <span className="flex min-w-0 flex-1 basis-60 items-start gap-1.5">
              <LevelIcon aria-hidden className={`mt-px size-3.5 shrink-0 ${className}`} />
              <span className="min-w-0 break-words">
                <span className={`font-medium ${className}`}>{risk === undefined ? word : `${word}, ${risk} risk`}:</span>{" "}
                <Names text={message} /> <span className="text-ink-3">{remedy}</span>
              </span>
            </span>
            {fix !== undefined && onFix !== undefined && (
              <Button size="sm" onClick={() => onFix(fix)}>
                {fix.label}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
