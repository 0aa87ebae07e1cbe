import { chromium, type Page } from "@playwright/test";
import type { Demo } from "./demo";
import { lower, type Row } from "./row";

/**
 * The longest task of the browser's main thread while a person opens the pods of a cluster, goes on to the next page and searches. `browser`: path
 * of a Chromium.
 */
export async function podsRow(demo: Demo, clusterId: string, many: number): Promise<Row> {
  await makePods(demo.controlUrl, clusterId, many);
  const { path, args } = browserOfBench();
  const chromiumHere = await chromium.launch({ executablePath: path, args });
  try {
    const page = await chromiumHere.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(watchLongTasks);
    await page.goto(`${demo.origin}/api/auth/sign-in?returnTo=/clusters`);
    await page.getByRole("button", { name: "Wanjiru Mbeki" }).click();
    await page.goto(`${demo.origin}/clusters/${addressOf(clusterId)}/pods`);
    const shown = page.getByText(new RegExp(`shown of [${String(many)[0]}-9]\\d{${String(many).length - 1},}`));
    await shown.waitFor();
    const first = await longestTask(page);
    await page.getByRole("link", { name: "Next page" }).click();
    await page.getByRole("link", { name: "First page" }).waitFor();
    await page.getByPlaceholder("Search pods, nodes, reasons").fill("bench-0777");
    await page.getByText("1 shown of 1").waitFor();
    return lower(
      `longest task of the pods page over ${many} pods, opened, paged and searched`,
      Math.max(first, await longestTask(page)),
      "ms",
      200,
    );
  } finally {
    await chromiumHere.close();
  }
}

/** Pods that are well, beside those that the cluster has. */
async function makePods(controlUrl: string, cluster: string, many: number): Promise<void> {
  for (let index = 0; index < many; index++) {
    const name = `bench-${String(index).padStart(4, "0")}`;
    const object = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace: "default", creationTimestamp: new Date().toISOString() },
      spec: { containers: [{ name: "main", resources: {} }] },
      status: { phase: "Running", containerStatuses: [{ name: "main", ready: true, restartCount: index % 4 }] },
    };
    const answer = await fetch(`${controlUrl}/kubernetes-objects`, {
      method: "POST",
      headers: { "x-local-azure-control": "1", "content-type": "application/json" },
      body: JSON.stringify({ cluster, object }),
    });
    if (!answer.ok) throw new Error(`Making a pod answered ${answer.status}: ${await answer.text()}`);
  }
}

/** The part of a page's address that names a cluster: subscription, resource group and name of its ARM id. */
function addressOf(clusterId: string): string {
  const [, , subscription, , group, , , , name] = clusterId.split("/");
  return [subscription, group, name].join("/");
}

/** The browser that `scripts/bench.mjs` found. Throws where the bench was started without it. */
function browserOfBench(): { path: string; args: string[] } {
  const path = process.env.PW_CHROMIUM;
  if (path === undefined) throw new Error("PW_CHROMIUM names no browser: start the bench by npm run bench.");
  return { path, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] };
}

declare global {
  interface Window {
    longTasks?: number[];
  }
}

function watchLongTasks(): void {
  const tasks: number[] = [];
  window.longTasks = tasks;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push(entry.duration);
  }).observe({ type: "longtask", buffered: true });
}

/** Milliseconds; 0 where no task took more than the 50 ms from which a browser calls it long. */
function longestTask(page: Page): Promise<number> {
  return page.evaluate(() => {
    if (window.longTasks === undefined) throw new Error("Nobody watched the tasks of this page.");
    return Math.max(0, ...window.longTasks);
  });
}
