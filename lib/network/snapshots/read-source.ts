import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { addressFault, isAddress } from "@/lib/kernel/allowed-address";
import { BinderyError, isBinderyError } from "@/lib/kernel/errors";
import { readAtMost } from "@/lib/kernel/read-at-most";
import { mostTagBytes } from "../tags/size";
import { tooLarge } from "./upload";

/** A document with its version, or that it is still the version which the caller has. */
export type SourceAnswer = "unchanged" | { text: string; etag: string | null };

const redirectsAtMost = 3;
const deadlineMs = 60_000;

/** Where a document is, as people are told: host and name, or the name alone. */
export function placeOf(address: string): string {
  if (!isAddress(address)) return basename(address);
  const { host, pathname } = new URL(address);
  return `${host}, ${basename(pathname)}`;
}

/**
 * Reads the document that BINDERY_SERVICE_TAGS names: a file, or an https address on one of the hosts, redirects among them. At most 32 MB
 * in at most a minute; `etag`: the version that is known. Throws `too_large`, `wrong_setting` and `unavailable`, each with a sentence.
 */
export function readSource(address: string, hosts: readonly string[], etag: string | null): Promise<SourceAnswer> {
  return isAddress(address) ? download(address, hosts, etag) : readPath(address, etag);
}

async function readPath(path: string, etag: string | null): Promise<SourceAnswer> {
  try {
    const { size, mtimeMs } = await stat(path);
    const version = `${mtimeMs}-${size}`;
    if (version === etag) return "unchanged";
    if (size > mostTagBytes) throw tooLarge();
    return { text: await readFile(path, "utf8"), etag: version };
  } catch (cause) {
    if (isBinderyError(cause)) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    throw unavailable(`The file ${basename(path)} of BINDERY_SERVICE_TAGS cannot be read (${code}).`, cause);
  }
}

async function download(address: string, hosts: readonly string[], etag: string | null): Promise<SourceAnswer> {
  const signal = AbortSignal.timeout(deadlineMs);
  let url = address;
  for (let hop = 0; hop <= redirectsAtMost; hop++) {
    const fault = addressFault(url, hosts);
    if (fault !== undefined)
      throw new BinderyError("wrong_setting", `${hop === 0 ? "BINDERY_SERVICE_TAGS" : "The address that it leads to"} ${fault}`);
    const answer = await send(url, etag, signal);
    const location = answer.headers.get("location");
    if (answer.status < 300 || answer.status === 304 || answer.status >= 400 || location === null) return documentOf(answer, url);
    await answer.body?.cancel();
    url = new URL(location, url).href;
  }
  throw unavailable(`${placeOf(address)} leads from one address to the next, more than ${redirectsAtMost} times.`);
}

async function send(url: string, etag: string | null, signal: AbortSignal): Promise<Response> {
  const headers = { accept: "application/json, application/octet-stream", ...(etag === null ? {} : { "if-none-match": etag }) };
  try {
    return await fetch(url, { redirect: "manual", signal, headers, credentials: "omit" });
  } catch (cause) {
    throw broken(url, cause);
  }
}

async function documentOf(answer: Response, url: string): Promise<SourceAnswer> {
  if (answer.status === 304) return "unchanged";
  const isTooLarge = Number(answer.headers.get("content-length") ?? 0) > mostTagBytes;
  if (answer.status !== 200 || isTooLarge) {
    await answer.body?.cancel();
    if (isTooLarge) throw tooLarge();
    throw unavailable(`${placeOf(url)} answered ${answer.status} instead of the weekly file.`);
  }
  let bytes: Buffer | null;
  try {
    bytes = await readAtMost(answer.body, mostTagBytes);
  } catch (cause) {
    throw broken(url, cause);
  }
  if (bytes === null) throw tooLarge();
  return { text: bytes.toString("utf8"), etag: answer.headers.get("etag") };
}

function broken(url: string, cause: unknown): BinderyError {
  const isLate = cause instanceof Error && cause.name === "TimeoutError";
  const why = isLate ? `within ${deadlineMs / 1000} s` : "to its end: the connection broke or was not made";
  return unavailable(`${placeOf(url)} did not give the weekly file ${why}.`, cause);
}

const unavailable = (message: string, cause?: unknown): BinderyError =>
  new BinderyError("unavailable", message, {
    cause,
    remedy: "Microsoft's address changes with each file: look it up and set BINDERY_SERVICE_TAGS, or import the file by hand.",
  });
