import { expect, test } from "vitest";
import { fit, roomOn } from "./fit";
import { podRequests, totalOf } from "./requests";
import { node, podOn } from "./testing/facts";

const both = { enableTraining: "True", enableInference: "True" };
const rooms = (...milliCpu: number[]) => milliCpu.map((one, index) => ({ node: `n${index}`, milliCpu: one, memoryMi: 8_000 }));

test("requests add up to the sums of Microsoft's own table", () => {
  const total = (settings: Record<string, string>, nodes = 1) => totalOf(podRequests(settings), nodes);
  expect(total({ enableTraining: "True" })).toEqual({ milliCpu: 410, memoryMi: 1492 });
  expect(total({ enableInference: "True", inferenceRouterHA: "False" })).toEqual({ milliCpu: 1780, memoryMi: 2440 });
  expect(total({ ...both, inferenceRouterHA: "False" })).toEqual({ milliCpu: 1910, memoryMi: 2884 });
  expect(total(both, 3).milliCpu).toBe(3730);
  expect(total({ enableTraining: "True", installPromOp: "False", installVolcano: "False" })).toEqual({ milliCpu: 100, memoryMi: 532 });
});

test("room is what a node gives less what its pods request, ended ones left out", () => {
  const pods = [podOn("n1", 700), podOn("n1", 300, { phase: "Succeeded" }), podOn("n1", 100, { node: null })];
  expect(roomOn([node("n1"), node("n2")], pods)).toEqual([
    { node: "n1", milliCpu: 3160, memoryMi: 12_400 },
    { node: "n2", milliCpu: 3860, memoryMi: 12_500 },
  ]);
});

test("routers go to nodes of their own", () => {
  const pods = podRequests(both);
  expect(fit(pods, rooms(3_000, 3_000, 3_000))).toMatchObject({ left: [], hopeless: false });
  expect(fit(pods, rooms(9_000, 9_000))).toMatchObject({ left: [{ app: "azureml-fe-v2", copies: 1 }], hopeless: true });
});

test("a node that is too small for any pod is no room, however many there are", () => {
  const pods = podRequests({ enableInference: "True", inferenceRouterHA: "False" });
  expect(fit(pods, rooms(800, 800, 800, 800))).toMatchObject({
    left: [{ app: "azureml-fe-v2", copies: 1, milliCpu: 900 }],
    hopeless: true,
  });
});

test("a packing that was not found is told apart from one that cannot be", () => {
  const pods = [
    { app: "a", milliCpu: 500, memoryMi: 1, copies: 2, apart: false },
    { app: "b", milliCpu: 400, memoryMi: 1, copies: 3, apart: false },
  ];
  const found = fit(pods, rooms(1_010, 1_230));
  expect(found.left).toEqual([{ app: "b", copies: 1, milliCpu: 400 }]);
  expect(found.hopeless).toBe(false);
  expect(fit(pods, rooms(1_010, 1_000)).hopeless).toBe(true);
});

test("no node is no room", () => {
  expect(fit(podRequests({ enableTraining: "True" }), []).hopeless).toBe(true);
});
