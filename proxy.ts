import { type NextRequest, NextResponse } from "next/server";

/**
 * Gives every page a content security policy with a nonce of its own, and tells the page its path (for the way back from sign-in).
 * Refuses an address that is not proper percent-encoding, which the router would answer as a fault of the server.
 * Nothing is authorised here: that is done where the data are.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname } = request.nextUrl;
  if (isMalformed(pathname)) return refusal(pathname);
  if (pathname.startsWith("/api/")) return NextResponse.next();
  const nonce = btoa(crypto.randomUUID());
  const policy = policyWith(nonce);
  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from the policy on the request.
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  headers.set("x-bindery-path", pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  if (process.env.BINDERY_ORIGIN?.startsWith("https://"))
    response.headers.set("strict-transport-security", "max-age=63072000; includeSubDomains");
  return response;
}

function isMalformed(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return false;
  } catch {
    return true;
  }
}

function refusal(pathname: string): NextResponse {
  const headers = { "cache-control": "no-store" };
  const detail = "The address is not properly encoded.";
  if (!pathname.startsWith("/api/")) return new NextResponse(detail, { status: 400, headers });
  const correlationId = crypto.randomUUID();
  const problem = {
    type: "urn:bindery:problem:invalid_input",
    title: "Something in the request is wrong",
    status: 400,
    code: "invalid_input",
  };
  const type = { "content-type": "application/problem+json; charset=utf-8", "x-correlation-id": correlationId };
  return new NextResponse(JSON.stringify({ ...problem, detail, correlationId }), { status: 400, headers: { ...headers, ...type } });
}

/** The policy of pages: our own origin only, scripts by nonce. Style attributes are allowed because the server renders some. */
function policyWith(nonce: string): string {
  const reloading = process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${reloading}`,
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export const config = {
  matcher: [
    {
      source: "/((?!api|_next/static|_next/image|favicon.ico|icon.svg).*)",
      missing: [{ type: "header", key: "next-router-prefetch" }],
    },
    // Of the API, only addresses that have anything to decode.
    "/(api/.*%.*)",
  ],
};
