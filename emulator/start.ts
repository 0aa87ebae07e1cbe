import { randomBytes } from "node:crypto";
import path from "node:path";
import { Throttle } from "./arm/throttle";
import { serverCertificate } from "./certificates/authority";
import { Clock } from "./clock/clock";
import { controlDoor } from "./control/routes";
import { RequestLog } from "./control/request-log";
import { SigningKeys } from "./entra/keys";
import { Faults } from "./faults/faults";
import { azureDoor, signInDoor } from "./server/front";
import { isLoopback, type Listening, listen } from "./server/listen";
import type { Settings } from "./settings";
import { privateFolder, readPrivate, writePrivate } from "./state/private-file";
import { Store } from "./state/store";
import { armAudience, clientId, kubernetesAudience, tenantId } from "./tenant/ids";
import { seed, seedVersion } from "./tenant/seed";
import { knobsOf, setKnobs, type World } from "./world";

/** A running local Azure. `environment` is what a client process needs. */
export type Running = {
  port: number;
  authorizePort: number;
  controlUrl: string | null;
  cloudFile: string;
  caFile: string;
  environment: Record<string, string>;
  world: World;
  stop: () => Promise<void>;
};

type Secrets = { clientSecret: string; operationSecret: string };
type Ports = { azure: number; signIn: number; control: number };

/** Starts it. Throws when an address is not loopback, a port is taken or the state folder is broken. */
export async function start(settings: Settings): Promise<Running> {
  if (!isLoopback(settings.host)) throw new Error(`The local Azure serves this machine only: ${settings.host} is not a loopback address.`);
  privateFolder(settings.stateDir);
  const certificate = await serverCertificate(settings.stateDir);
  const store = new Store(settings.stateDir);
  seedIfNeeded(store, settings.scale);
  const secrets = keptSecrets(settings.stateDir);
  const clock = new Clock(settings.speed, store.table("knobs").get("knobs")?.clockOffsetMs ?? 0);
  const world: World = {
    clock,
    store,
    keys: await SigningKeys.open(settings.stateDir),
    throttle: new Throttle(clock),
    faults: new Faults(),
    log: new RequestLog(),
    ...secrets,
    addresses: { azure: "", signIn: "", portal: settings.portalOrigin },
  };
  const kept = readPrivate(settings.stateDir, "ports.json") as Ports | null;
  const open: Listening[] = [];
  try {
    const azure = await listen(settings.host, settings.port || (kept?.azure ?? 0), azureDoor(world), certificate);
    open.push(azure);
    const signIn = await listen(settings.host, settings.authorizePort || (kept?.signIn ?? 0), signInDoor(world));
    open.push(signIn);
    const control = settings.control ? await listen(settings.host, kept?.control ?? 0, controlDoor(world)) : null;
    if (control !== null) open.push(control);
    world.addresses = {
      azure: `https://localhost:${azure.port}`,
      signIn: `http://127.0.0.1:${signIn.port}`,
      portal: settings.portalOrigin,
    };
    const ports: Ports = { azure: azure.port, signIn: signIn.port, control: control?.port ?? kept?.control ?? 0 };
    writePrivate(path.join(settings.stateDir, "ports.json"), JSON.stringify(ports));
    return running(settings, world, certificate.caFile, ports, control !== null, open);
  } catch (cause) {
    await Promise.all(open.map((one) => one.close()));
    store.close();
    throw cause;
  }
}

function running(settings: Settings, world: World, caFile: string, ports: Ports, controlled: boolean, open: Listening[]): Running {
  const cloudFile = path.join(settings.stateDir, "cloud.json");
  writePrivate(cloudFile, `${JSON.stringify(cloudOf(world, caFile), null, 2)}\n`);
  return {
    port: ports.azure,
    authorizePort: ports.signIn,
    controlUrl: controlled ? `http://127.0.0.1:${ports.control}` : null,
    cloudFile,
    caFile,
    environment: {
      BINDERY_TENANT_ID: tenantId,
      BINDERY_CLIENT_ID: clientId,
      BINDERY_CLIENT_SECRET: world.clientSecret,
      BINDERY_CLOUD_FILE: cloudFile,
      NODE_EXTRA_CA_CERTS: caFile,
    },
    world,
    stop: async () => {
      await Promise.all(open.map((one) => one.close()));
      setKnobs(world, { clockOffsetMs: world.clock.offsetMs });
      world.store.close();
    },
  };
}

/** The cloud as a client is told of it: hosts, audiences, and the times that the speed shortens. */
function cloudOf(world: World, caFile: string): object {
  const { azure } = world.addresses;
  return {
    name: "Local",
    isAzure: false,
    notice: "Local Azure: nothing here is real",
    authorityHost: azure,
    armEndpoint: azure,
    armAudience,
    kubernetesAudience,
    portalUrl: null,
    caFile,
    settleMs: Math.round(world.clock.scaled(300_000)),
    pollFloorMs: Math.max(5, Math.round(world.clock.scaled(10_000))),
  };
}

function seedIfNeeded(store: Store, scale: number | null): void {
  const knobs = store.table("knobs").get("knobs");
  if (knobs?.seedVersion === seedVersion && (scale === null || knobs.scale === scale)) return;
  seed(store, scale ?? knobs?.scale ?? 0);
}

function keptSecrets(folder: string): Secrets {
  const kept = readPrivate(folder, "secrets.json") as Secrets | null;
  if (kept !== null) return kept;
  const made = { clientSecret: `local~${randomBytes(24).toString("base64url")}`, operationSecret: randomBytes(32).toString("base64url") };
  writePrivate(path.join(folder, "secrets.json"), JSON.stringify(made));
  return made;
}

/** The people of the tenant, as the launcher lists them. */
export function personasOf(world: World): { name: string; upn: string; says: string }[] {
  return [...world.store.table("people").values()].map(({ name, upn, says }) => ({ name, upn, says }));
}

/** How many clusters were generated. */
export function scaleOf(world: World): number {
  return knobsOf(world).scale;
}
