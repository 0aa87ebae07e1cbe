import { posix } from "node:path";
import { parseSync } from "oxc-parser";
import { findCycle, type Import, importsOf, type Sources } from "./house-graph";

/** Packages that a pure file may use: no process, network, file, clock or database behind them. */
const purePackages = ["zod", "canonicalize", "diff", "clsx", "csv-stringify", "csv-stringify/sync", "node:crypto"];

/** Files that are pure by their name, wherever they lie in a feature. */
const pureNames =
  /^(schema(-.*)?|state|plan|rules|risk|rule-diff|evaluate|match|limits|words|digest|diff|verdict-diff|render-.*|checks|compare|facts|contract|routes?)$/;
/** Files of a feature that keep its tables or say who may see their rows: the only ones below its verbs that touch the database. */
const storeNames = /^((.*-)?store|append|load|pause|visible)$/;
/** Files of `lib/auth` and `lib/http` that are use cases or entrances, and so stand above the features that they call. */
const doors = new Map([
  ["lib/auth/callback.ts", 3],
  ["lib/auth/read.ts", 3],
  ["lib/auth/sign-in.ts", 3],
  ["lib/auth/sign-out.ts", 3],
  ["lib/auth/steps.ts", 3],
  ["lib/http/events.ts", 4],
  ["lib/http/start.ts", 4],
]);

const floorNames = [
  "the kernel",
  "pure files",
  "machinery and stores (azure, auth, db, http, store.ts)",
  "verbs, reads and run steps",
  "doors (app/api, worker)",
  "components",
  "pages",
];

/** Everything in `sources` that breaks the order of the house, each with a sentence that says where the code should go. */
export function judge(sources: Sources): string[] {
  const imports = importsOf(sources);
  const pure = pureFiles(sources, imports);
  const ring = findCycle(imports);
  return [
    ...(ring === undefined
      ? []
      : [`${ring.join(" → ")} import each other in a ring. Move what they share into a file of its own, below them.`]),
    ...imports.flatMap((one) => (one.isOwn ? judgeImport(one, pure) : [])),
    ...[...sources.keys()].flatMap((file) => judgeFile(file, sources.get(file) ?? "", pure)),
  ];
}

/** The floor of a file: 0 kernel … 6 pages. Undefined for what is not part of the product (test machinery, the local Azure). */
export function floorOf(file: string, pure: ReadonlySet<string>): number | undefined {
  if (file.startsWith("emulator/") || isTestMachinery(file)) return undefined;
  if (file.startsWith("components/")) return 5;
  if (file.startsWith("app/")) return file.startsWith("app/api/") ? 4 : 6;
  const [, feature = ""] = file.split("/");
  if (feature === "kernel") return 0;
  if (feature === "worker" || !file.slice(4).includes("/")) return 4;
  const door = doors.get(file);
  if (door !== undefined) return door;
  if (pure.has(file)) return 1;
  return ["azure", "auth", "db", "http"].includes(feature) || storeNames.test(nameOf(file)) ? 2 : 3;
}

const isTestMachinery = (file: string): boolean =>
  /(^|\/)(testing|house-graph|house-rules)\.tsx?$/.test(file) || file.includes("/testing/");
const nameOf = (file: string): string => posix.basename(file).replace(/\.tsx?$/, "");

function judgeImport({ from, target, asValue }: Import, pure: ReadonlySet<string>): string[] {
  if (from.startsWith("emulator/") !== target.startsWith("emulator/")) {
    return [
      `${from} imports ${target}: the local Azure and the product know each other over the network alone. Copy the shape, or move the code to its own side.`,
    ];
  }
  if (!isTestMachinery(from) && isTestMachinery(target)) return [`${from} imports ${target}, which is for tests alone.`];
  const above = floorOf(from, pure);
  const below = floorOf(target, pure);
  if (!asValue || above === undefined || below === undefined) return [];
  if (above === 5 && below > 1 && below < 5) {
    return [
      `${from} imports ${target}: a component takes types from there, and data by api(). Move what both need into a pure file of the feature.`,
    ];
  }
  if (below > above) {
    return [
      `${from} imports ${target}: ${floorNames[above]} stand below ${floorNames[below]}. Move the code up to its caller, or what is shared down into a file of the lower floor.`,
    ];
  }
  return [];
}

function judgeFile(file: string, text: string, pure: ReadonlySet<string>): string[] {
  const found: string[] = [];
  if (/^(lib|app|components)\//.test(file) && !isTestMachinery(file) && /emulator/i.test(text)) {
    found.push(
      `${file} speaks of the emulator: to the product it is a cloud like any other. What differs belongs in the cloud's configuration.`,
    );
  }
  if (
    /^lib\/(?!kernel)[^/]+\/(.+\/)?[^/]+$/.test(file) &&
    !/^lib\/(azure|auth|db)\//.test(file) &&
    pureNames.test(nameOf(file)) &&
    !pure.has(file)
  ) {
    found.push(
      `${file} is pure by its name, and yet reaches a process, the network or the database. Hand it the facts, or give it another name.`,
    );
  }
  return found;
}

/** Files that reach nothing but pure packages, the kernel and each other. */
function pureFiles(sources: Sources, imports: readonly Import[]): Set<string> {
  const pure = new Set([...sources.keys()].filter((file) => file.startsWith("lib/")));
  const isImpure = ({ target, isOwn, asValue }: Import): boolean =>
    asValue && (isOwn ? !target.startsWith("lib/kernel/") && !pure.has(target) : !purePackages.includes(target));
  for (let before = -1; before !== pure.size; ) {
    before = pure.size;
    for (const one of imports) if (pure.has(one.from) && isImpure(one)) pure.delete(one.from);
  }
  return pure;
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Where route files and the declared keys (`GET /api/v1/…/{id}`) do not match, both ways. */
export function judgeRoutes(sources: Sources, declared: readonly string[]): string[] {
  const served = [...sources].flatMap(([file, text]) => {
    const path = /^app(\/api\/v1\/.*)\/route\.ts$/.exec(file)?.[1];
    if (path === undefined) return [];
    const names = parseSync(file, text).module.staticExports.flatMap(({ entries }) => entries.map(({ exportName }) => exportName.name));
    return methods.filter((method) => names.includes(method)).map((method) => `${method} ${path.replace(/\[(\w+)\]/g, "{$1}")}`);
  });
  return [
    ...served
      .filter((key) => !declared.includes(key))
      .map(
        (key) => `${key} has a route file and no declaration. Declare it in its feature's routes.ts, which lib/http/contract.ts takes up.`,
      ),
    ...declared.filter((key) => !served.includes(key)).map((key) => `${key} is declared and no route file serves it.`),
  ];
}
