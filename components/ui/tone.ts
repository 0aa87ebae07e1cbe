/** What a colour says. It never says it alone: an icon and a word stand beside it. */
export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

/** Tinted box of a tone: background, border, text. */
export const toneBox: Record<Tone, string> = {
  neutral: "bg-sunken border-line text-ink-2",
  info: "bg-brand-tint border-brand-line text-brand-ink",
  success: "bg-success-tint border-success-line text-success-ink",
  warning: "bg-warning-tint border-warning-line text-warning-ink",
  danger: "bg-danger-tint border-danger-line text-danger-ink",
};

/** Text of a tone on the page's own background. */
export const toneInk: Record<Tone, string> = {
  neutral: "text-ink-3",
  info: "text-brand-ink",
  success: "text-success-ink",
  warning: "text-warning-ink",
  danger: "text-danger-ink",
};
