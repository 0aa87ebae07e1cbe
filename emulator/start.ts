import { randomBytes } from "node:crypto";
import path from "node:path";
import { Throttle } from "./arm/throttle";
import { serverCertificate } from "./certificates/authority";
import { Clock } from "./clock/clock";
import { RequestLog } from "./control/request-log";
import { newestFileUrl } from "./downloads/weekly-file";
import { SigningKeys } from "./entra/keys";
import { Faults } from "./faults/faults";
import { type Doors, openDoors } from "./server/doors";
import { isLoopback } from "./server/listen";
import type { Settings } from "./settings";
import { privateFolder, readPrivate, writePrivate } from "./state/private-file";
import { Store } from "./state/store";
import { armAudience, clientId, kubernetesAudience, tenantId } from "./tenant/ids";
import { seed, seedVersion } from "./tenant/seed";
import { setKnobs, type World } from "./world";

/** A running local Azure. `environment` is what a client process needs. */
export type Running = {
  port: number;
  authorizePort: number;
  controlUrl: string | null;
  /** Where the API servers of all clusters listen on this machine; the name of the server tells which is meant. */
  apiServerPort: number;
  /** The newest weekly file of service tags, for anyone. */
  serviceTagsUrl: string;
  cloudFile: string;
  caFile: string;
  environment: Record<string, string>;
  world: World;
  stop: () => Promise<void>;
};

type Secrets = { clientSecret: string; operationSecret: string };

/** Starts it. Throws when an address is not loopback, a port is taken or the state folder is broken. */
export async function start(settings: Settings): Promise<Running> {
  for (const host of [settings.host, settings.downloadHost])
    if (!isLoopback(host)) throw new Error(`The local Azure serves this machine only: ${host} is not a loopback address.`);
  privateFolder(settings.stateDir);
  const certificate = await serverCertificate(settings.stateDir);
  const doors = await openDoors(settings, certificate);
  try {
    const world = await worldOf(settings, doors);
    const running = describe(settings, world, certificate.caFile, doors);
    doors.serve(world);
    return running;
  } catch (cause) {
    await doors.close();
    throw cause;
  }
}

async function worldOf(settings: Settings, doors: Doors): Promise<World> {
  const store = new Store(settings.stateDir);
  seedIfNeeded(store, settings.scale);
  const clock = new Clock(settings.speed, store.table("knobs").get("knobs")?.clockOffsetMs ?? 0);
  return {
    clock,
    store,
    keys: await SigningKeys.open(settings.stateDir),
    throttle: new Throttle(clock),
    faults: new Faults(),
    log: new RequestLog(),
    ...keptSecrets(settings.stateDir),
    addresses: doors.addresses,
  };
}

function describe(settings: Settings, world: World, caFile: string, doors: Doors): Running {
  const cloudFile = path.join(settings.stateDir, "cloud.json");
  writePrivate(cloudFile, `${JSON.stringify(cloudOf(world, caFile), null, 2)}\n`);
  const { azure, signIn, control, apiServer } = doors.ports;
  return {
    port: azure,
    authorizePort: signIn,
    apiServerPort: apiServer,
    serviceTagsUrl: newestFileUrl(world),
    controlUrl: control === null ? null : `http://127.0.0.1:${control}`,
    cloudFile,
    caFile,
    environment: {
      BINDERY_TENANT_ID: tenantId,
      BINDERY_CLIENT_ID: clientId,
      BINDERY_CLIENT_SECRET: world.clientSecret,
      BINDERY_CLOUD_FILE: cloudFile,
      NODE_EXTRA_CA_CERTS: caFile,
      BINDERY_SERVICE_TAGS: newestFileUrl(world),
      BINDERY_SERVICE_TAGS_HOSTS: new URL(newestFileUrl(world)).host,
    },
    world,
    stop: async () => {
      await doors.close();
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
    // Where the API servers of all clusters listen: their names are in no DNS.
    kubernetesAddress: `localhost:${world.addresses.apiServerPort}`,
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
