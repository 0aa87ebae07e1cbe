import { expect, test } from "vitest";
import { failedChecks, isCriticalCode, readHealthReport } from "./report";

/** In the form of a report that a user showed (Azure/azure-sdk-for-python#33480). */
const shown = `
Report:
Duration: 149.978981ms
Date: 2023-12-12 13:57:17 +0000 UTC m=+0.298028493
K8sDistribution:
CorrelationId: 00000000-0000-0000-0000-000000000000
TroubleShootingGuide: https://aka.ms/arcmltsg

Status: Passed Name: service
Status: Passed Name: helmchart
Status: Failed Name: instancetype ErrorCode: E45006 ErrorMessage: Failed to validate or update instancetype
Status: Failed Name: node-count ErrorCode: E40002 ErrorMessage: INSUFFICIENT_NODE: 1 of 3 schedulable nodes were found.
`;

test("a report gives its checks, and nothing of its head", () => {
  const [report, ...rest] = readHealthReport({ "reports-pre-install": shown });
  expect(rest).toEqual([]);
  expect(report).toEqual({
    phase: "pre-install",
    checks: [
      { name: "service", status: "passed", code: null, message: "", critical: false },
      { name: "helmchart", status: "passed", code: null, message: "", critical: false },
      { name: "instancetype", status: "failed", code: "E45006", message: "Failed to validate or update instancetype", critical: false },
      {
        name: "node-count",
        status: "failed",
        code: "E40002",
        message: "INSUFFICIENT_NODE: 1 of 3 schedulable nodes were found.",
        critical: true,
      },
    ],
  });
});

test("phases come in their order, and other keys are left out", () => {
  const line = "Status: Succeeded Name: all ErrorCode: ErrorMessage:\n";
  const reports = readHealthReport({ "reports-test": line, other: line, "reports-pre-upgrade": line });
  expect(reports.map(({ phase }) => phase)).toEqual(["pre-upgrade", "test"]);
  expect(reports[0]?.checks).toEqual([{ name: "all", status: "passed", code: null, message: "", critical: false }]);
});

test("failed checks of all phases are told, those that stop the installation first", () => {
  expect(failedChecks(readHealthReport({ "reports-pre-install": shown })).map(({ code }) => code)).toEqual(["E40002", "E45006"]);
});

test("a check spread over lines, in quotes or beside another is read", () => {
  const spread = "Status: Failed\n  Name: ssl\n  ErrorCode: E40007\n  ErrorMessage: key and\n  certificate differ\n";
  const quoted = '{"Status": "Failed", "Name": "prom", "ErrorCode": "e45002", "ErrorMessage": "operator found"}';
  const beside = "Status: Failed Name: a ErrorCode: E40001 ErrorMessage: pod Status: Pending; Status: Passed Name: b";
  const checks = (text: string) => readHealthReport({ "reports-test": text })[0]?.checks;
  expect(checks(spread)).toEqual([
    { name: "ssl", status: "failed", code: "E40007", message: "key and certificate differ", critical: true },
  ]);
  expect(checks(quoted)).toEqual([{ name: "prom", status: "failed", code: "E45002", message: "operator found", critical: false }]);
  expect(checks(beside)?.map(({ name, status, message }) => [name, status, message])).toEqual([
    ["a", "failed", "pod Status: Pending;"],
    ["b", "passed", ""],
  ]);
});

test("of another form the codes are found", () => {
  expect(readHealthReport({ "reports-test": "[x] E45003: no way out\nE45003 again\nfine" })[0]?.checks).toEqual([
    { name: "", status: "unknown", code: "E45003", message: "[x] E45003: no way out", critical: false },
  ]);
  expect(readHealthReport({ "reports-test": "" })).toEqual([{ phase: "test", checks: [] }]);
  expect(readHealthReport(Object.create({ "reports-test": shown }) as Record<string, string>)).toEqual([]);
});

test("codes below E45000 are critical", () => {
  expect(["E40000", "E44999", "E45000", "E49999", "E4500", "E45004x"].map(isCriticalCode)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test.each([
  ["one status after another", "Status: ".repeat(130_000)],
  ["spaces without end", `Status: Failed${" ".repeat(1_000_000)}Name: x`],
  ["a million checks", "Status: Failed Name: a ErrorCode: E40000 ErrorMessage: x\n".repeat(20_000)],
  ["quotes without end", `Status: Failed Name: a ErrorCode: E40000 ErrorMessage: ${`"', `.repeat(250_000)}`],
])("a hostile report is read in bounded time: %s", (_what, text) => {
  const began = performance.now();
  expect(readHealthReport({ "reports-test": text })[0]?.checks.length).toBeLessThanOrEqual(200);
  expect(performance.now() - began).toBeLessThan(2_000);
});
