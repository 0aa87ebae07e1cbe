import type { IncomingMessage } from "node:http";

/** A request, read whole. `path` keeps the client's casing, without a trailing slash. */
export type Incoming = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  text: string;
};

/** An answer. An object body is sent as JSON; `drop` cuts the connection instead of answering. */
export type Reply = { status: number; headers?: Record<string, string | string[]>; body?: string | object; drop?: boolean };

export type Handler = (incoming: Incoming) => Promise<Reply> | Reply;

/** The JSON body, or undefined when it is none. */
export function jsonOf(incoming: Incoming): unknown {
  try {
    return JSON.parse(incoming.text);
  } catch {
    return undefined;
  }
}

/** The form body. */
export function formOf(incoming: Incoming): URLSearchParams {
  return new URLSearchParams(incoming.text);
}

/** One header as text; the first where it came twice. */
export function headerOf(incoming: Incoming, name: string): string | undefined {
  const value = incoming.headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
}
