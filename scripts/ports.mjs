import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A free TCP port on loopback. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Whether the web could listen on `port`. A process that was just killed lets go of its port a moment after it is gone. */
export async function isFree(port, waitMs = 3000) {
  for (const until = Date.now() + waitMs; ; await delay(100)) {
    if (await canListen(port)) return true;
    if (Date.now() > until) return false;
  }
}

/** On every address, as the web will. */
function canListen(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
