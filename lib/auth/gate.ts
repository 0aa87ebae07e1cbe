import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Actor } from "./actor";
import { safeReturnTo } from "./return-to";
import { currentActor } from "./session";

/** Request header in which the proxy tells pages their own path; a value from outside is overwritten, and checked again here. */
export const pathHeader = "x-bindery-path";

/** The signed-in person, for a page. Without a living session the browser goes to sign-in and comes back to this page. */
export async function requireActor(): Promise<Actor> {
  const actor = await currentActor();
  if (actor !== null) return actor;
  const here = safeReturnTo((await headers()).get(pathHeader));
  return redirect(here === "/" ? "/sign-in" : `/sign-in?returnTo=${encodeURIComponent(here)}`);
}
