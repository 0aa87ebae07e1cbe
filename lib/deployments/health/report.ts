/** When a health check ran: before an installation, an update, a rollback or a removal, or as a test afterwards. */
export const phases = ["pre-install", "pre-upgrade", "pre-rollback", "pre-delete", "test"] as const;
export type Phase = (typeof phases)[number];

/** What one checker of the extension's health check found. */
export type HealthCheck = {
  /** Name of the checker, as it was written: `instancetype`; empty when none was. */
  name: string;
  /** `unknown`: a code without a status, in a report of another form. */
  status: "passed" | "failed" | "unknown";
  /** `E40002`; null: none was given. */
  code: string | null;
  message: string;
  /** True for a finding that stops the installation: a code below E45000 (AML-Kubernetes, docs/troubleshooting.md). */
  critical: boolean;
};

/** The report of one phase. */
export type HealthReport = { phase: Phase; checks: HealthCheck[] };

const limits = { text: 200_000, checks: 200, message: 2_000, name: 120 } as const;
const good = /^(passed|succeeded|success|ok|healthy)$/i;

/**
 * Reads the data of the config map `arcml-healthcheck` of the namespace `azureml`: one report for each phase that it holds, in the order of
 * `phases`. A line reads `Status: Failed Name: … ErrorCode: E4xxxx ErrorMessage: …` (a whole report: Azure/azure-sdk-for-python#33480);
 * lines about the report itself are left out. Of a report of another form the codes are found all the same. Takes at most 200,000
 * characters and 200 checks of each report. Throws nothing.
 */
export function readHealthReport(configMapData: Readonly<Record<string, string>>): HealthReport[] {
  return phases.flatMap((phase) => {
    const text = Object.hasOwn(configMapData, `reports-${phase}`) ? configMapData[`reports-${phase}`] : undefined;
    return typeof text === "string" ? [{ phase, checks: checksIn(text.slice(0, limits.text)) }] : [];
  });
}

/** True for a code below E45000. Case does not count. */
export function isCriticalCode(code: string): boolean {
  return /^E4\d{4}$/i.test(code) && Number(code.slice(1)) < 45_000;
}

/** The checks of some reports that did not pass, the critical ones first. */
export function failedChecks(reports: readonly HealthReport[]): HealthCheck[] {
  const failed = reports.flatMap(({ checks }) => checks.filter(({ status }) => status !== "passed"));
  return [...failed.filter(({ critical }) => critical), ...failed.filter(({ critical }) => !critical)];
}

function checksIn(text: string): HealthCheck[] {
  const starts = [...text.matchAll(/\bStatus["']?\s{0,4}:\s{0,4}["']?\w{1,40}["']?,?\s{1,8}["']?Name["']?\s{0,4}:/gi)].slice(
    0,
    limits.checks,
  );
  if (starts.length === 0) return loneCodes(text);
  return starts.map(({ index }, at) => checkOf(text.slice(index, starts[at + 1]?.index ?? text.length)));
}

function checkOf(record: string): HealthCheck {
  const [head, message] = cut(record, /ErrorMessage["']?\s{0,4}:/i);
  const [before, code] = cut(head, /ErrorCode["']?\s{0,4}:/i);
  const [first, name] = cut(before, /Name["']?\s{0,4}:/i);
  const status = bare(first.slice(first.indexOf(":") + 1));
  const found = /E4\d{4}/i.exec(code)?.[0].toUpperCase() ?? null;
  const passed = good.test(status);
  return {
    name: bare(name).slice(0, limits.name),
    status: passed ? "passed" : "failed",
    code: found,
    message: bare(message).slice(0, limits.message),
    critical: !passed && found !== null && isCriticalCode(found),
  };
}

/** Codes in a text that has no line of the known form, each once, with the line that it stands in. */
function loneCodes(text: string): HealthCheck[] {
  const seen = new Set<string>();
  return text.split("\n").flatMap((line) =>
    [...line.slice(0, limits.message).matchAll(/\bE4\d{4}\b/gi)].flatMap(([match]) => {
      const code = match.toUpperCase();
      if (seen.has(code) || seen.size >= limits.checks) return [];
      seen.add(code);
      return [{ name: "", status: "unknown" as const, code, message: bare(line).slice(0, limits.message), critical: isCriticalCode(code) }];
    }),
  );
}

/** The text before and behind the first match; nothing behind where there is none. */
function cut(text: string, at: RegExp): [before: string, behind: string] {
  const found = at.exec(text);
  return found === null ? [text, ""] : [text.slice(0, found.index), text.slice(found.index + found[0].length)];
}

/** In one line, without the quotes and commas around it. */
const bare = (text: string): string =>
  text
    .slice(0, 2 * limits.message)
    .replace(/\s+/g, " ")
    .replace(/^[\s"',{}]+/, "")
    .trim()
    .replace(/[\s"',{}]{1,8}$/, "");
