import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { probeDatabase } from "./probe";
import { testDatabase } from "./testing";

const database = testDatabase();

describe("the probe of a database", () => {
  it("passes a server that is reached by sessions", async () => {
    expect(await probeDatabase(database.url())).toEqual({ version: 18 });
  });

  it("says that nobody answers", async () => {
    await expect(probeDatabase("postgresql://x:x@127.0.0.1:1/x")).rejects.toThrow("The database does not answer");
  });

  it("refuses a pooler that lets two clients share one session", async () => {
    const pooler = await sharingPooler(new URL(database.url()));
    try {
      await expect(probeDatabase(pooler.url)).rejects.toThrow("a lock of one session was given to another");
    } finally {
      pooler.close();
    }
  });
});

/**
 * A pooler as bad as can be: every client after the first speaks on the first one's session. A client sends one query and waits for its
 * answer, so answers go to whoever asked last.
 */
async function sharingPooler(server: URL): Promise<{ url: string; close(): void }> {
  const session = connect(Number(server.port), server.hostname);
  const clients: Socket[] = [];
  let asking: Socket | undefined;
  session.on("data", (part) => asking?.write(part));
  const door = createServer((client) => {
    let welcome = clients.push(client) > 1;
    client.on("error", () => undefined);
    client.on("data", (part) => {
      if (welcome) {
        // As poolers do, a later client's start-up is answered without asking the server.
        welcome = false;
        client.write(authenticatedAndReady);
        return;
      }
      asking = client;
      session.write(part);
    });
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  const url = new URL(server.href);
  url.port = String((door.address() as AddressInfo).port);
  return {
    url: url.href,
    close() {
      for (const socket of [...clients, session]) socket.destroy();
      door.close();
    },
  };
}

/** Messages AuthenticationOk and ReadyForQuery (idle) of PostgreSQL's protocol. */
const authenticatedAndReady = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
