/**
 * Why a request that changes something may not come from where it comes from; null when it may. A browser names its page's origin
 * in `Origin` and tells in `Sec-Fetch-Site` how that page stands to us; a request that shows neither is refused as well.
 */
export function foreignOrigin(request: Request, ours: URL): string | null {
  if (request.method === "GET" || request.method === "HEAD") return null;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin !== null && origin !== ours.origin) return `it names the origin ${origin.slice(0, 200)}`;
  if (site !== null && site !== "same-origin") return `the browser calls it ${site.slice(0, 20)}`;
  if (origin === null && site === null) return "it names no origin";
  return null;
}
