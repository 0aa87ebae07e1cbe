const binary = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const decimal: Record<string, number> = { n: 1e-9, u: 1e-6, m: 1e-3, "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 };

/** A Kubernetes quantity (`250m`, `1.5`, `2Gi`, `1e3`) as a number of its own unit. Throws TypeError for what is none. */
export function quantityOf(text: string | number): number {
  const [, amount, suffix = ""] = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([KMGTPE]i|[numkMGTPE]?)$/.exec(String(text)) ?? [];
  const factor = binary.includes(suffix) ? 1024 ** (binary.indexOf(suffix) + 1) : decimal[suffix];
  if (amount === undefined || factor === undefined) throw new TypeError(`${text} is not a quantity.`);
  return Number(amount) * factor;
}

/** Processors and memory of a list of resources, in milli processors and MiB, rounded up; what is not named is 0. */
export function computeOf(resources: { cpu?: string | number | null; memory?: string | number | null } | null | undefined): {
  milliCpu: number;
  memoryMi: number;
} {
  // To a millionth first: 0.1 processors are 100 milli, and no binary fraction more.
  const up = (value: number): number => Math.ceil(Number(value.toFixed(6)));
  return {
    milliCpu: up(quantityOf(resources?.cpu ?? 0) * 1000),
    memoryMi: up(quantityOf(resources?.memory ?? 0) / 1024 ** 2),
  };
}
