import path from "node:path";

/** What the environment says. `scale` null: as it was; ports 0: as they were, else free ones. */
export type Settings = {
  stateDir: string;
  host: string;
  port: number;
  authorizePort: number;
  portalOrigin: string;
  /** The loopback name under which the weekly file is offered: another host than that of ARM, as with Azure. */
  downloadHost: string;
  speed: number;
  control: boolean;
  scale: number | null;
};

/** Reads the settings from `EMULATOR_*`. Throws an Error with a sentence that names the wrong one. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const stateDir = env.EMULATOR_STATE_DIR ?? "";
  if (stateDir === "") throw new Error("EMULATOR_STATE_DIR is missing: it names the folder that keeps keys, ports and state.");
  return {
    stateDir: path.resolve(stateDir),
    host: env.EMULATOR_HOST ?? "127.0.0.1",
    port: whole(env, "EMULATOR_PORT", 0, 65_535) ?? 0,
    authorizePort: whole(env, "EMULATOR_AUTHORIZE_PORT", 0, 65_535) ?? 0,
    portalOrigin: origin(env.EMULATOR_PORTAL_ORIGIN ?? "http://localhost:3000"),
    downloadHost: env.EMULATOR_DOWNLOAD_HOST ?? "127.0.0.1",
    speed: speedOf(env.EMULATOR_SPEED ?? "20"),
    control: env.EMULATOR_CONTROL === "1",
    scale: whole(env, "EMULATOR_SCALE", 0, 5000),
  };
}

function whole(env: Record<string, string | undefined>, name: string, least: number, most: number): number | null {
  const text = env[name];
  if (text === undefined || text === "") return null;
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new Error(`${name} is ${text}; it should be a whole number from ${least} to ${most}.`);
  return number;
}

function speedOf(text: string): number {
  const speed = Number(text);
  if (!Number.isFinite(speed) || speed <= 0) throw new Error(`EMULATOR_SPEED is ${text}; it should be a number above 0.`);
  return speed;
}

function origin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.origin === "null")
    throw new Error(`EMULATOR_PORTAL_ORIGIN is ${text}; it should be an origin such as http://localhost:3000.`);
  return url.origin;
}
