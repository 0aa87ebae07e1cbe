import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type IncomingHttpHeaders, request as httpRequest } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Settings } from "./settings";
import { type Running, start } from "./start";

/** An answer as a test reads it. `body` is the parsed JSON, or undefined. */
export type Answer = { status: number; headers: IncomingHttpHeaders; text: string; body: unknown };

/** A local Azure of its own for a test file: free ports, a folder that is removed, the control on, and quick. */
export type TestAzure = Running & {
  folder: string;
  settings: Settings;
  /** A call of ARM as a person, over https with the CA checked. */
  as(person: string, method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  /** A call of the control. */
  control(method: string, path: string, body?: object): Promise<Answer>;
  /** An ARM token of a person. */
  token(person: string, acrs?: string[]): Promise<string>;
  end(): Promise<void>;
};

/** Starts one. `speed` 2000: an operation of six minutes takes 190 ms. */
export async function testAzure(more: Partial<Settings> = {}): Promise<TestAzure> {
  const folder = more.stateDir ?? mkdtempSync(path.join(tmpdir(), "local-azure-"));
  const settings: Settings = {
    host: "127.0.0.1",
    port: 0,
    authorizePort: 0,
    portalOrigin: "http://localhost:3000",
    downloadHost: "127.0.0.1",
    speed: 2000,
    control: true,
    scale: null,
    ...more,
    stateDir: folder,
  };
  const running = await start(settings);
  const agent = new Agent({ ca: readFileSync(running.caFile), keepAlive: true });
  const tokens = new Map<string, string>();
  const azure: TestAzure = {
    ...running,
    folder,
    settings,
    control: (method, where, body) => {
      if (where === "/clock/advance") tokens.clear();
      return send(`${running.controlUrl}${where}`, method, { "x-local-azure-control": "1" }, body);
    },
    token: async (person, acrs) => {
      const answer = await azure.control("POST", "/token", { person, ...(acrs === undefined ? {} : { acrs }) });
      if (answer.status !== 200) throw new Error(answer.text);
      return (answer.body as { access_token: string }).access_token;
    },
    as: async (person, method, where, body, headers = {}) => {
      const kept = tokens.get(person) ?? (await azure.token(person));
      tokens.set(person, kept);
      const url = where.startsWith("https:") ? where : `https://localhost:${running.port}${where}`;
      return send(url, method, { authorization: `Bearer ${kept}`, ...headers }, body, agent);
    },
    end: async () => {
      agent.destroy();
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return azure;
}

/** One request; redirects are not followed. */
export function send(url: string, method: string, headers: Record<string, string>, body?: object | string, agent?: Agent): Promise<Answer> {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "application/x-www-form-urlencoded" : "application/json";
  const sent = { ...headers, ...(body === undefined ? {} : { "content-type": type, "content-length": String(Buffer.byteLength(text)) }) };
  return new Promise((resolve, reject) => {
    const outgoing = (url.startsWith("https:") ? httpsRequest : httpRequest)(
      url,
      { method, headers: sent, ...(agent === undefined ? {} : { agent }) },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => {
          const read = Buffer.concat(chunks).toString("utf8");
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: read, body: json(read) });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(text);
  });
}

/** Calls until it gives something, at most 10 s. Throws when it never does. */
export async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`It never came: ${what}.`);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
