import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Chrome } from "@/components/shell/chrome";
import { NoPortalRole } from "@/components/shell/no-portal-role";
import { Prefetched, serverRead } from "@/components/shell/prefetched";
import { Providers } from "@/components/shell/providers";
import { themeCookie, themeOf } from "@/components/shell/theme";
import { holds } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/gate";
import { readMe } from "@/lib/auth/read";
import { readers } from "@/lib/http/route";

/** Everything behind sign-in. Without a portal role there is nothing to show but how to get one. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const me = await readMe(actor);
  const theme = themeOf((await cookies()).get(themeCookie)?.value);
  const anyRole = readers.some((role) => holds(actor, role));
  return (
    <Providers>
      <Prefetched reads={[serverRead(actor, "GET /api/v1/me", {}, async () => me)]}>
        {anyRole ? (
          <Chrome me={me} theme={theme}>
            {children}
          </Chrome>
        ) : (
          <NoPortalRole me={me} />
        )}
      </Prefetched>
    </Providers>
  );
}
