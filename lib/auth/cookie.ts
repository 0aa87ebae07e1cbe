import { settings } from "@/lib/kernel/settings";

/** Name of a cookie of ours: `__Host-` on https; on plain-http loopback browsers refuse that prefix, so a bare name. */
function nameOf(bare: string): string {
  return settings().origin.protocol === "https:" ? `__Host-${bare}` : bare;
}

/** The cookie that carries the session's secret. */
export const sessionCookie = (): string => nameOf("bindery");
/** The cookie that binds a sign-in under way to the browser that began it. */
export const flowCookie = (): string => nameOf("bindery-flow");

/** A `set-cookie` value: HttpOnly, SameSite=Lax, Secure on https, for the whole origin. `maxAge` in seconds; 0 removes it. */
export function cookieText(name: string, value: string, maxAge: number): string {
  const secure = settings().origin.protocol === "https:" ? "; Secure" : "";
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`;
}

/** Value of a cookie in a `cookie` header; null when it is not there or not of the alphabet that ours use. */
export function readCookie(header: string | null, name: string): string | null {
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) {
      const value = part.slice(at + 1).trim();
      return /^[A-Za-z0-9_-]{20,128}$/.test(value) ? value : null;
    }
  }
  return null;
}
