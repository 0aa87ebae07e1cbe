/** How a step that is under way stands against what is known of such steps: `slow` over the worst of them, `stuck` over three times that. */
export type Pace = "usual" | "slow" | "stuck";

/** Times the worst duration after which a step counts as stuck. */
const stuckAfter = 3;

/** The pace of a step, from how long it took so far or in all, and how long such a step takes at worst. Both in seconds. It informs; nothing fails by it. */
export function paceOf(elapsedSeconds: number, worstSeconds: number): Pace {
  if (elapsedSeconds > worstSeconds * stuckAfter) return "stuck";
  return elapsedSeconds > worstSeconds ? "slow" : "usual";
}

/** How long earlier runs took, in seconds: the middle half lies between `lower` and `upper`. */
export type Spread = { count: number; shortest: number; lower: number; median: number; upper: number; longest: number };

/** Fewer runs say nothing about the next one. */
export const fewestRuns = 3;

/** The spread of durations in seconds; null when there are fewer than three. Quartiles by linear interpolation. */
export function spreadOf(durations: readonly number[]): Spread | null {
  if (durations.length < fewestRuns) return null;
  const sorted = [...durations].sort((a, b) => a - b);
  const at = (part: number): number => {
    const place = (sorted.length - 1) * part;
    const below = sorted[Math.floor(place)] ?? 0;
    return below + ((sorted[Math.ceil(place)] ?? 0) - below) * (place % 1);
  };
  return { count: sorted.length, shortest: at(0), lower: at(0.25), median: at(0.5), upper: at(0.75), longest: at(1) };
}
