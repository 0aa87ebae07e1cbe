import { ShieldAlert, ShieldCheck, ShieldQuestion } from "@/components/ui/icons";
import { Badge } from "./badge";

const risks = {
  low: { tone: "success", icon: ShieldCheck, word: "Low risk" },
  medium: { tone: "warning", icon: ShieldAlert, word: "Medium risk" },
  critical: { tone: "danger", icon: ShieldAlert, word: "Critical risk" },
} as const;

/** The risk of trusted access roles; null: nobody could read their rules. */
export function RiskBadge({ level }: { level: keyof typeof risks | null }) {
  if (level === null) {
    return (
      <Badge tone="neutral" icon={ShieldQuestion}>
        Risk not known
      </Badge>
    );
  }
  const { tone, icon, word } = risks[level];
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}
