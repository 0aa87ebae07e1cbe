/** A value that holds from a moment (ms) on. */
export type Step = { at: number; value: number };

/** Part of the picture's width behind the newest step: without it the newest value would be a point. */
const tail = 0.08;

/**
 * Path of an SVG of 100 × 100 for values that each hold until the next, the oldest first; `max`: the value at the top. A single value is a line
 * from edge to edge. Empty for none.
 */
export function stepLine(steps: readonly Step[], max: number): string {
  const [first, ...later] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return "";
  const span = last.at - first.at;
  const x = (at: number): string => rounded(span === 0 ? 0 : ((at - first.at) / span) * 100 * (1 - tail));
  const y = (value: number): string => rounded(100 - (max === 0 ? 0 : (value / max) * 100));
  const moves = later.map(({ at, value }) => `H${x(at)}V${y(value)}`);
  return `M0 ${y(first.value)}${moves.join("")}H100`;
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

/** A number at the top of a scale for values up to this one, whose half is as easily read: 2, 4 … 10, 20, 40 … */
export function topOf(most: number): number {
  const unit = 2 * 10 ** Math.floor(Math.log10(Math.max(1, most - 0.5)));
  return Math.max(1, Math.ceil(most / unit)) * unit;
}
