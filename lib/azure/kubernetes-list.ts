import { z } from "zod";
import { BinderyError } from "@/lib/kernel/errors";
import { type ApiServer, askApiServer } from "./kubernetes-exchange";
import { kubernetesRefusal, unknownShape } from "./kubernetes-failures";
import { readable } from "./readable";
import type { Readable } from "./types";

const List = z.object({ metadata: z.object({ continue: z.string().nullish() }).nullish(), items: z.array(z.unknown()).nullish() });
const pageSize = 500;
const pagesAtMost = 200;
/** So much of one list is read: objects, and letters of all pages together. Who answers for a cluster may be anybody. */
const objectsAtMost = 50_000;
const lettersAtMost = 128 * 1024 * 1024;

/** All objects of a list, each page shaped before the next is asked for: what is not looked at is not held. A list whose place Kubernetes forgot meanwhile (410) is begun again once. */
export async function listObjects<T>(
  server: ApiServer,
  path: string,
  shape: (json: unknown) => T,
  query: Record<string, string> = {},
  accept?: string,
): Promise<Readable<T[]>> {
  return readable(async () => {
    const once = (): Promise<T[] | null> => listOnce(server, path, shape, query, accept);
    const items = (await once()) ?? (await once());
    if (items === null) throw new BinderyError("azure_unavailable", `A list on ${server.cluster.name} changed too fast to be read whole.`);
    return items;
  });
}

/** One object. `absent` is a proven 404. */
export async function getObject<T>(server: ApiServer, path: string, shape: (json: unknown) => T, accept?: string): Promise<Readable<T>> {
  return readable(async () => {
    const answer = await askApiServer(server, { method: "GET", path, ...(accept === undefined ? {} : { accept }) });
    if (answer.status !== 200) throw kubernetesRefusal(answer, server.cluster);
    return shaped(server, () => shape(JSON.parse(answer.text)));
  });
}

/** null: the place in the list expired. */
async function listOnce<T>(
  server: ApiServer,
  path: string,
  shape: (json: unknown) => T,
  query: Record<string, string>,
  accept: string | undefined,
): Promise<T[] | null> {
  let items: T[] = [];
  let letters = 0;
  let place: string | null = null;
  for (let page = 0; page < pagesAtMost; page++) {
    const search: URLSearchParams = new URLSearchParams({
      ...query,
      limit: String(pageSize),
      ...(place === null ? {} : { continue: place }),
    });
    const answer = await askApiServer(server, { method: "GET", path: `${path}?${search}`, ...(accept === undefined ? {} : { accept }) });
    if (answer.status === 410 && place !== null) return null;
    if (answer.status !== 200) throw kubernetesRefusal(answer, server.cluster);
    const list = shaped(server, () => List.parse(JSON.parse(answer.text)));
    const found = list.items ?? [];
    letters += answer.text.length;
    if (items.length + found.length > objectsAtMost || letters > lettersAtMost)
      throw new BinderyError("azure_unavailable", `A list on ${server.cluster.name} is too long to be read whole.`);
    items = items.concat(shaped(server, () => found.map(shape)));
    place = list.metadata?.continue ?? "";
    if (place === "") return items;
  }
  throw new BinderyError("azure_unavailable", `A list on ${server.cluster.name} has no end.`);
}

/** What does not have the shape of Kubernetes is Kubernetes' failure, and no defect of ours. */
function shaped<T>(server: ApiServer, view: () => T): T {
  try {
    return view();
  } catch (error) {
    throw unknownShape(error, server.cluster);
  }
}
