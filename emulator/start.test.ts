import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { Agent } from "node:https";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings } from "./settings";
import { start } from "./start";
import { clusterId, subscriptionIds, workspaceId } from "./tenant/ids";
import { type Answer, send, testAzure } from "./testing";

type Ready = {
  port: number;
  authorizePort: number;
  apiServerPort: number;
  controlUrl: string;
  cloudFile: string;
  caFile: string;
  environment: Record<string, string>;
  personas: { name: string }[];
};

const binding = `${clusterId(subscriptionIds.dev, "aks-chaos-mesh-rg", "aks-chaos-mesh-aks")}/trustedAccessRoleBindings/ml-binding?api-version=2026-04-01`;
const body = {
  properties: {
    sourceResourceId: workspaceId(subscriptionIds.dev, "aks-chaos-mesh-rg", "aks-chaos-mesh"),
    roles: ["Microsoft.MachineLearningServices/workspaces/mlworkload"],
  },
};

let folder: string;
let bundle: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "local-azure-process-"));
  bundle = path.join(process.cwd(), "dist", `emulator-test-${process.pid}.mjs`);
  await build({
    entryPoints: ["emulator/main.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    outfile: bundle,
    logLevel: "error",
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(bundle, { force: true });
});

async function launch(
  more: Record<string, string> = {},
): Promise<{ ready: Ready; kill: (signal: NodeJS.Signals) => Promise<number | null>; stderr: () => string }> {
  const child = spawn(process.execPath, [bundle], {
    env: { ...process.env, EMULATOR_STATE_DIR: folder, EMULATOR_SPEED: "2", EMULATOR_CONTROL: "1", ...more },
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString("utf8")));
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const line = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      if (text.includes("\n")) resolve(text);
    });
    void ended.then(() => reject(new Error(stderr)));
  });
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return { ready: JSON.parse(line) as Ready, kill, stderr: () => stderr };
}

async function call(ready: Ready, method: string, sent?: object): Promise<Answer> {
  const minted = await send(`${ready.controlUrl}/token`, "POST", { "x-local-azure-control": "1" }, { person: "Priya Raghunathan" });
  const agent = new Agent({ ca: readFileSync(ready.caFile) });
  return send(
    `https://localhost:${ready.port}${binding}`,
    method,
    { authorization: `Bearer ${(minted.body as { access_token: string }).access_token}` },
    sent,
    agent,
  );
}

test("a kill -9 right after an answer loses neither the write, nor ports, keys, certificate or secret", async () => {
  const first = await launch();
  expect((await call(first.ready, "PUT", body)).status).toBe(201);
  await first.kill("SIGKILL");
  const second = await launch();
  expect((await call(second.ready, "GET")).body).toMatchObject({ properties: { provisioningState: "Updating" } });
  const { personas: _one, ...before } = first.ready;
  const { personas: _two, ...after } = second.ready;
  expect(after).toEqual(before);
  expect(await second.kill("SIGTERM")).toBe(0);
  expect(second.stderr()).toBe("");
  for (const name of readdirSync(folder)) expect({ name, open: statSync(path.join(folder, name)).mode & 0o077 }).toEqual({ name, open: 0 });
}, 60_000);

test("what it says when ready is all that a client needs", async () => {
  const { ready, kill } = await launch();
  const cloud = JSON.parse(readFileSync(ready.cloudFile, "utf8")) as Record<string, unknown>;
  expect(cloud).toMatchObject({
    isAzure: false,
    authorityHost: `https://localhost:${ready.port}`,
    armEndpoint: `https://localhost:${ready.port}`,
    caFile: ready.caFile,
    kubernetesAddress: `localhost:${ready.apiServerPort}`,
    settleMs: 150_000,
    pollFloorMs: 5000,
  });
  expect(Object.keys(ready.environment)).toEqual([
    "BINDERY_TENANT_ID",
    "BINDERY_CLIENT_ID",
    "BINDERY_CLIENT_SECRET",
    "BINDERY_CLOUD_FILE",
    "NODE_EXTRA_CA_CERTS",
    "BINDERY_SERVICE_TAGS",
    "BINDERY_SERVICE_TAGS_HOSTS",
  ]);
  expect(ready.personas.map((one) => one.name)).toContain("Ines Duarte");
  await kill("SIGTERM");
}, 60_000);

test("it ends with a sentence when a setting is wrong", async () => {
  await expect(launch({ EMULATOR_SPEED: "fast" })).rejects.toThrow("EMULATOR_SPEED is fast");
  await expect(launch({ EMULATOR_HOST: "0.0.0.0" })).rejects.toThrow("0.0.0.0 is not a loopback address");
  expect(() => readSettings({})).toThrow("EMULATOR_STATE_DIR is missing");
});

test("no address but loopback is served", async () => {
  const azure = await testAzure();
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === "IPv4" && !one.internal)?.address;
  const reached = outside === undefined ? false : await reaches(outside, azure.port);
  expect(reached).toBe(false);
  expect(await reaches("127.0.0.1", azure.port)).toBe(true);
  await expect(start({ ...azure.settings, stateDir: path.join(folder, "other"), host: "192.0.2.1" })).rejects.toThrow(
    "not a loopback address",
  );
  await azure.end();
});

test("a second one on the same folder is refused before it touches the state of the first", async () => {
  const first = await testAzure();
  await expect(start(first.settings)).rejects.toThrow(`Port ${first.port} is taken`);
  expect((await first.as("Priya Raghunathan", "PUT", binding, body)).status).toBe(201);
  await first.end();
});

test("the control is off unless asked for, and wants its header", async () => {
  const off = await testAzure({ control: false });
  expect(off.controlUrl).toBeNull();
  await off.end();
  const on = await testAzure();
  expect((await send(`${on.controlUrl}/state`, "GET", {})).status).toBe(403);
  await on.end();
});

test("a scale of clusters is the same each time and seen at once", async () => {
  const azure = await testAzure({ scale: 300 });
  const query =
    "resources | where type =~ 'microsoft.containerservice/managedclusters' | project id, name, type, location, resourceGroup, subscriptionId, tags, properties, identity, sku | order by id asc";
  const ask = async () =>
    (await azure.as("Ines Duarte", "POST", "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01", { query })).body as {
      totalRecords: number;
      data: { id: string }[];
    };
  const before = await ask();
  expect(before.totalRecords).toBe(310);
  await azure.control("POST", "/reset", {});
  expect((await ask()).data.map((one) => one.id)).toEqual(before.data.map((one) => one.id));
  await azure.end();
});

function reaches(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}
