import type { Metadata } from "next";
import { connection } from "next/server";
import { PlainPage } from "@/components/shell/plain-page";
import { LinkButton } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

/** No such address. Drawn per request, since its scripts carry the nonce of the request. */
export default async function NotFound() {
  await connection();
  return (
    <PlainPage title="There is no such page">
      <p>The address may be mistyped, or the page may have moved.</p>
      <LinkButton href="/" kind="primary">
        Go to the overview
      </LinkButton>
    </PlainPage>
  );
}
