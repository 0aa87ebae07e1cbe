import { writeFileSync } from "node:fs";
import { PortalClient } from "../e2e/http/portal-client";
import { approveToWire } from "./approve";
import { forget, type Ground, startDemo } from "./demo";
import { engineRow } from "./engine";
import { fleetRows } from "./fleet";
import { firstLoadJavaScript } from "./javascript";
import { load } from "./load";
import { memoryRows } from "./memory";
import { podsRow } from "./pods";
import { preflightRows } from "./preflight";
import { lower, percentile, type Row } from "./row";
import { tagRows } from "./tags";

const reading = 150;
const largeTable = 180;
const concurrent = 10;
const ground: Ground = { dataDir: ".data/bench", scale: 0, speed: 300 };

/** Measures the production build on the demo tenant and gives a row for each goal. */
async function measure(): Promise<Row[]> {
  forget(ground);
  const first = await startDemo(ground);
  await first.stop();
  const demo = await startDemo(ground);
  try {
    const rows: Row[] = [lower("warm start of the demo to its first page", demo.startedAfterMs / 1000, "s", 8)];
    const requester = new PortalClient(demo.origin);
    const approver = new PortalClient(demo.origin);
    await requester.signIn("Tomás Okafor");
    await approver.signIn("Priya Raghunathan");
    rows.push(await approveToWire(requester, approver, 20));
    rows.push(await engineRow(approver));
    const deployer = new PortalClient(demo.origin);
    await deployer.signIn("Wanjiru Mbeki");
    rows.push(...(await preflightRows(deployer, demo.controlUrl, 40)));
    rows.push(...(await reads(approver)));
    rows.push(...(await pages(approver)));
    rows.push(
      ...(await firstLoadJavaScript(approver, [
        { path: "/", goal: reading },
        { path: "/clusters", goal: largeTable },
        { path: "/bindings", goal: largeTable },
        { path: "/requests", goal: reading },
        { path: "/requests/new", goal: reading },
        { path: "/runs", goal: reading },
        { path: "/roles", goal: reading },
        { path: "/policies", goal: reading },
        { path: "/settings", goal: reading },
      ])),
    );
    rows.push(...memoryRows(demo.pids));
    rows.push(await podsRow(demo, await clusterId(approver, "aks-chaos-mesh-aks"), 2000));
    return rows;
  } finally {
    await demo.stop();
  }
}

/** API reads that touch only the database. */
async function reads(client: PortalClient): Promise<Row[]> {
  const { items } = await client.get<{ items: { id: string }[] }>("/api/v1/requests");
  const paths = ["/api/v1/requests", "/api/v1/runs", `/api/v1/requests/${items[0]?.id}`, "/api/v1/me"];
  const rows: Row[] = [];
  for (const path of paths) {
    await load(60, concurrent, async () => void (await client.get(path)));
    const times = await load(150, concurrent, async () => void (await client.get(path)));
    rows.push(
      lower(`GET ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "{id}")}, p95 at ${concurrent} concurrent`, percentile(times, 95), "ms", 60),
    );
  }
  return rows;
}

async function pages(client: PortalClient): Promise<Row[]> {
  const rows: Row[] = [];
  for (const path of ["/", "/clusters", "/requests", "/runs", "/requests/new", "/policies"]) {
    await load(60, concurrent, async () => void (await client.page(path)));
    const times = await load(100, concurrent, async () => void (await client.page(path)));
    rows.push(lower(`page ${path}, p95 at ${concurrent} concurrent`, percentile(times, 95), "ms", 200));
  }
  return rows;
}

async function clusterId(client: PortalClient, name: string): Promise<string> {
  const { items } = await client.get<{ items: { id: string; name: string }[] }>("/api/v1/clusters?limit=200");
  const id = items.find((one) => one.name === name)?.id;
  if (id === undefined) throw new Error(`The demo tenant lacks ${name}.`);
  return id;
}

const rows = [...(await measure()), ...(await fleetRows(200)), ...(await tagRows())];
const text = `${JSON.stringify(rows, null, 2)}\n`;
const at = process.argv.indexOf("--json");
const file = at < 0 ? undefined : process.argv[at + 1];
if (file === undefined) process.stdout.write(text);
else writeFileSync(file, text);
for (const row of rows)
  process.stderr.write(`${row.value <= row.goal ? "met   " : "missed"} ${row.name}: ${row.value} ${row.unit} (goal ${row.goal})\n`);
