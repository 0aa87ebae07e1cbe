import path from "node:path";
import { controlDoor } from "../control/routes";
import { apiServerDoor, certificateFor } from "../kubernetes/door";
import type { Settings } from "../settings";
import { readPrivate, writePrivate } from "../state/private-file";
import type { Addresses, World } from "../world";
import type { Handler } from "./exchange";
import { azureDoor, signInDoor } from "./front";
import { type Listening, listen, type Tls } from "./listen";

/** The ports of the four doors; kept, so that a restart has the same addresses. `control` null: closed. */
export type Ports = { azure: number; signIn: number; control: number | null; apiServer: number };

/** Doors that are open and answer 503 until there is a world behind them. */
export type Doors = { ports: Ports; addresses: Addresses; serve: (world: World) => void; close: () => Promise<void> };

/**
 * Takes the ports first of all: a second process on the same folder is refused here, before it could touch the state of the first.
 * Throws when a port is taken or the host is not loopback.
 */
export async function openDoors(settings: Settings, tls: { cert: string; key: string }): Promise<Doors> {
  const kept = readPrivate(settings.stateDir, "ports.json") as Ports | null;
  const open: Listening[] = [];
  const close = async (): Promise<void> => void (await Promise.all(open.map((one) => one.close())));
  let world: World | null = null;
  const behind = (door: (world: World) => Handler): Handler => {
    let made: Handler | null = null;
    return (incoming) => {
      if (world === null) return { status: 503, headers: { "retry-after": "1" }, body: { error: "The local Azure is starting." } };
      made ??= door(world);
      return made(incoming);
    };
  };
  const at = async (port: number, door: (world: World) => Handler, over?: Tls): Promise<number> => {
    const listening = await listen(settings.host, port, behind(door), over);
    open.push(listening);
    return listening.port;
  };
  try {
    const azure = await at(settings.port || (kept?.azure ?? 0), azureDoor, tls);
    const signIn = await at(settings.authorizePort || (kept?.signIn ?? 0), signInDoor);
    const control = settings.control ? await at(kept?.control ?? 0, controlDoor) : null;
    const certificate = (name: string) =>
      world === null ? Promise.reject(new Error("The local Azure is starting.")) : certificateFor(world, name);
    const apiServer = await at(kept?.apiServer ?? 0, apiServerDoor, { certificateFor: certificate });
    const ports: Ports = { azure, signIn, control, apiServer };
    writePrivate(path.join(settings.stateDir, "ports.json"), JSON.stringify({ ...ports, control: control ?? kept?.control ?? null }));
    const addresses = {
      azure: `https://localhost:${azure}`,
      downloads: `https://${settings.downloadHost}:${azure}`,
      signIn: `http://127.0.0.1:${signIn}`,
      portal: settings.portalOrigin,
      apiServerPort: apiServer,
    };
    return { ports, addresses, serve: (ready) => void (world = ready), close };
  } catch (cause) {
    await close();
    throw cause;
  }
}
