import { answerOf, notReached, urlOf } from "@/lib/http/api";
import type { Imported } from "./queries";

const route = "POST /api/v1/network/snapshots";

/**
 * Sends a document of service tags as it is. `tell` hears how many bytes have gone; `fetch` would not say it. Throws `ApiError`; a signal that is aborted
 * ends it with an `AbortError`, and what was sent until then is not imported.
 */
export function sendDocument(file: File, tell: (bytes: number) => void, signal: AbortSignal): Promise<Imported> {
  return new Promise<Response>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", urlOf(route, { query: { name: file.name.slice(-200) } }));
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("content-type", "application/json");
    request.upload.addEventListener("progress", ({ loaded }) => tell(loaded));
    request.addEventListener("load", () => resolve(responseOf(request)));
    request.addEventListener("error", () => reject(notReached()));
    request.addEventListener("abort", () => reject(new DOMException("The import was stopped.", "AbortError")));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  }).then((response) => answerOf<typeof route>(response));
}

const responseOf = (request: XMLHttpRequest): Response =>
  new Response(request.responseText, {
    status: request.status,
    headers: { "content-type": request.getResponseHeader("content-type") ?? "" },
  });
