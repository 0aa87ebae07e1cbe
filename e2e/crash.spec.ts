import { approve, askForGrant, callApi, expect, expectRunSays, pidOf, signIn, test } from "./fixtures";

test("a worker killed with -9 in the middle of a run: the run ends once", async ({ page, personPage }) => {
  // A worker is found dead, started anew and takes over, which has its time on a busy machine.
  test.setTimeout(150_000);
  await signIn(page, "Ines Duarte");
  const id = await askForGrant(page, { cluster: "aks-ml-ci", workspace: "aks-chaos-mesh", name: "survivor" });
  const approver = await personPage();
  await signIn(approver, "Priya Raghunathan");
  await approve(approver, id);
  await expect(approver).toHaveURL(/\/runs\//);
  const runId = new URL(approver.url()).pathname.split("/").at(-1) ?? "";
  type Run = { state: string; effect: string | null; calls: { purpose: string; method: string }[] };
  const run = async () => (await callApi<Run>(approver, "GET", `/api/v1/runs/${runId}`)).body;
  await expect.poll(async () => (await run()).calls.some((call) => call.purpose === "write"), { intervals: [50] }).toBe(true);
  process.kill(pidOf("worker"), "SIGKILL");
  await expectRunSays(approver, "In effect, seen", 90_000);
  const ended = await run();
  expect(ended.calls.filter((call) => call.purpose === "write" && call.method === "PUT")).toHaveLength(1);
});
