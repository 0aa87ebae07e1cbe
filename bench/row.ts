/** One measured number beside its goal. `better` says which direction is good. */
export type Row = { name: string; value: number; unit: string; goal: number; better: "lower" | "higher" };

/** A number for which lower is better, rounded to a tenth. */
export const lower = (name: string, value: number, unit: string, goal: number): Row => ({
  name,
  value: Math.round(value * 10) / 10,
  unit,
  goal,
  better: "lower",
});

/** The p-th percentile (0–100) by the nearest rank. */
export function percentile(values: number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
}
