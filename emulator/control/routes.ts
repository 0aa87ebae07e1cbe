import { type Handler, headerOf, type Incoming, jsonOf, type Reply } from "../server/exchange";
import type { World } from "../world";
import { ControlError } from "./control";
import { controls } from "./controls";

/**
 * The control API: JSON over loopback. A header that no web page may send without asking keeps other sites in the browser out.
 */
export function controlDoor(world: World): Handler {
  return async (incoming: Incoming): Promise<Reply> => {
    if (headerOf(incoming, "x-local-azure-control") !== "1") return refused(403, "Send the header x-local-azure-control: 1.");
    const control = controls[`${incoming.method} ${incoming.path}`];
    if (control === undefined)
      return { status: 404, body: { error: `There is no ${incoming.method} ${incoming.path}.`, controls: Object.keys(controls) } };
    const asked = incoming.method === "GET" || incoming.text === "" ? Object.fromEntries(incoming.query) : jsonOf(incoming);
    if (typeof asked !== "object" || asked === null || Array.isArray(asked)) return refused(400, "The body is no JSON object.");
    try {
      const answer = await control(world, asked as Record<string, unknown>);
      world.store.flush();
      return { status: 200, body: answer };
    } catch (cause) {
      if (cause instanceof ControlError || cause instanceof RangeError || cause instanceof SyntaxError) return refused(400, cause.message);
      throw cause;
    }
  };
}

function refused(status: number, sentence: string): Reply {
  return { status, body: { error: sentence } };
}
