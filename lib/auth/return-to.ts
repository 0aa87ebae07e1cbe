import { settings } from "@/lib/kernel/settings";

/** The path to come back to after sign-in: only a page of ours, whatever was asked for; the start page otherwise. */
export function safeReturnTo(wanted: string | null | undefined): string {
  if (wanted === null || wanted === undefined || wanted.length > 2000 || !/^\/(?![/\\])/.test(wanted)) return "/";
  const origin = settings().origin.origin;
  if (!URL.canParse(wanted, origin)) return "/";
  const url = new URL(wanted, origin);
  const ours = url.origin === origin && !url.pathname.startsWith("//") && !/^\/(api|sign-in)(\/|$)/.test(url.pathname);
  return ours ? `${url.pathname}${url.search}${url.hash}` : "/";
}
