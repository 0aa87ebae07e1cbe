import { AlertTriangle, CheckCircle2, CircleDashed, Info, type Icon, XCircle } from "@/components/ui/icons";
import type { Tone } from "./tone";

/** The icon of a tone where a state has none of its own. */
export const toneIcon: Record<Tone, Icon> = {
  neutral: CircleDashed,
  info: Info,
  success: CheckCircle2,
  warning: AlertTriangle,
  danger: XCircle,
};
