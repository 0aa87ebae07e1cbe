import { AlertTriangle, CheckCircle2, CircleDashed, Info, type LucideIcon, XCircle } from "lucide-react";
import type { Tone } from "./tone";

export type { LucideIcon };

/** The icon of a tone where a state has none of its own. */
export const toneIcon: Record<Tone, LucideIcon> = {
  neutral: CircleDashed,
  info: Info,
  success: CheckCircle2,
  warning: AlertTriangle,
  danger: XCircle,
};
