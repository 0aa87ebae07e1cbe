import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Server } from "node:net";
import type { SecureContext } from "node:tls";
import { warn } from "../log";
import type { Handler, Incoming, Reply } from "./exchange";

const maxBodyBytes = 4_000_000;
const loopbackHosts = new Set(["localhost", "127.0.0.1", "::1", "[::1]"]);

/** What a server shows for itself: one certificate, or one for each name that a client asks for; a name for which there is none is cut off. */
export type Tls = { cert: string; key: string } | { certificateFor: (name: string) => Promise<SecureContext> };

/** A listening server: its port and how to end it. */
export type Listening = { port: number; close: () => Promise<void> };

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return loopbackHosts.has(host.toLowerCase());
}

/**
 * Serves a handler on loopback, over https where a certificate is given. Port 0 takes a free one. `localhost` may mean ::1 to a client,
 * so the same port is opened there too where the machine has it.
 * Throws when the host is not loopback, or the port is taken.
 */
export async function listen(host: string, port: number, handler: Handler, tls?: Tls): Promise<Listening> {
  if (!isLoopback(host)) throw new Error(`The local Azure serves this machine only: ${host} is not a loopback address.`);
  const byName = tls !== undefined && "certificateFor" in tls;
  const answer = (request: IncomingMessage, response: ServerResponse): void => void serve(handler, request, response, byName);
  const make = (): Server => {
    const server = tls === undefined ? createHttpServer(answer) : createHttpsServer(byName ? sni(tls.certificateFor) : tls, answer);
    // Longer than clients keep an idle connection, so that none is cut under a request that was just sent.
    server.keepAliveTimeout = 75_000;
    return server;
  };
  const first = make();
  await open(first, host === "localhost" ? "127.0.0.1" : host, port);
  const address = first.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const servers = [first];
  const second = make();
  try {
    await open(second, "::1", address.port);
    servers.push(second);
  } catch (cause) {
    // A machine without IPv6 is served on 127.0.0.1 alone; a stranger on ::1 would be another matter.
    if (!["EADDRNOTAVAIL", "EAFNOSUPPORT"].includes((cause as NodeJS.ErrnoException).code ?? "")) {
      await shut(first);
      throw cause;
    }
  }
  return { port: address.port, close: async () => void (await Promise.all(servers.map(shut))) };
}

/** TLS by name. The certificate of a client that names none, or one for whom there is none, is missing: the connection ends there. */
function sni(certificateFor: (name: string) => Promise<SecureContext>): { SNICallback: SniCallback } {
  return { SNICallback: (name, done) => void greet(certificateFor, name, done) };
}

async function greet(certificateFor: (name: string) => Promise<SecureContext>, name: string, done: Greeted): Promise<void> {
  let context: SecureContext;
  try {
    context = await certificateFor(name);
  } catch (cause) {
    return done(cause as Error);
  }
  done(null, context);
}

type Greeted = (cause: Error | null, context?: SecureContext) => void;
type SniCallback = (name: string, done: Greeted) => void;

function open(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => reject(cause.code === "EADDRINUSE" ? taken(port, cause) : cause));
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

function taken(port: number, cause: Error): Error {
  return new Error(`Port ${port} is taken. Another local Azure may be running on this state folder: end it, or name another port.`, {
    cause,
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) (server as ReturnType<typeof createHttpServer>).closeAllConnections();
  });
}

async function serve(handler: Handler, request: IncomingMessage, response: ServerResponse, byName: boolean): Promise<void> {
  try {
    // A name that is not this machine's would come from a page that had its DNS moved here.
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    if (!byName && !isLoopback(host)) return send(response, { status: 421, body: { error: "This server answers to localhost only." } });
    const text = await bodyOf(request);
    if (text === null)
      return send(response, { status: 413, body: { error: { code: "RequestEntityTooLarge", message: "The body is too large." } } });
    const reply = await handler(incomingOf(request, text));
    if (reply.drop === true) return void request.socket.destroy();
    send(response, reply);
  } catch (cause) {
    warn("A request failed in the local Azure itself.", {
      path: request.url?.split("?")[0],
      error: String((cause as Error)?.stack ?? cause),
    });
    if (!response.headersSent)
      send(response, { status: 500, body: { error: { code: "InternalServerError", message: "The local Azure failed; see its log." } } });
  }
}

function incomingOf(request: IncomingMessage, text: string): Incoming {
  const [rawPath = "/", ...rest] = (request.url ?? "/").split("?");
  return {
    method: request.method ?? "GET",
    path: safeDecode(rawPath)
      .replace(/\/+/g, "/")
      .replace(/(?<=.)\/$/, ""),
    query: new URLSearchParams(rest.join("?")),
    headers: request.headers,
    text,
  };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, reply: Reply): void {
  const isText = typeof reply.body === "string";
  const text = reply.body === undefined ? "" : isText ? (reply.body as string) : JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    "cache-control": "no-store",
    ...(reply.body === undefined || isText ? {} : { "content-type": "application/json; charset=utf-8" }),
    ...(reply.status === 204 ? {} : { "content-length": String(Buffer.byteLength(text)) }),
    ...reply.headers,
  });
  response.end(text);
}
