import { BinderyError, isBinderyError } from "@/lib/kernel/errors";
import type { Readable } from "./types";

/**
 * Runs a read and gives its answer or the way it failed: `absent` only for a proven 404, never for missing rights. Throws what is not
 * Azure's answer: wrong input, wrong settings, defects.
 */
export async function readable<T>(read: () => Promise<T>): Promise<Readable<T>> {
  try {
    return { state: "ok", value: await read(), at: new Date().toISOString() };
  } catch (error) {
    if (!isBinderyError(error)) throw error;
    const { code, message, facts } = error;
    if (code === "not_found") return { state: "absent" };
    if (code === "rights_needed")
      return {
        state: "no-permission",
        message,
        ...(facts.action === undefined ? {} : { action: facts.action }),
        ...(facts.scope === undefined ? {} : { scope: facts.scope }),
      };
    if (code === "sign_in_needed") return { state: "sign-in", message, ...(facts.claims === undefined ? {} : { claims: facts.claims }) };
    if (code === "azure_unavailable" || code === "throttled" || code === "azure_refused" || code === "conflict")
      return { state: "unavailable", message, ...(facts.azureCode === undefined ? {} : { azureCode: facts.azureCode }) };
    throw error;
  }
}

/** An empty list, where it is known without asking Azure. */
export const noneRead = (): Readable<never[]> => ({ state: "ok", value: [], at: new Date().toISOString() });

/** The value of a read, or the error of the house that its failure means. Throws `not_found`, `rights_needed`, `sign_in_needed`, `azure_unavailable`. */
export function valueOf<T>(read: Readable<T>, what: string): T {
  switch (read.state) {
    case "ok":
      return read.value;
    case "absent":
      throw new BinderyError("not_found", `Azure finds no ${what}.`);
    case "no-permission":
      throw new BinderyError("rights_needed", read.message, { action: read.action, scope: read.scope });
    case "sign-in":
      throw new BinderyError("sign_in_needed", read.message, { claims: read.claims });
    case "unavailable":
      throw new BinderyError("azure_unavailable", read.message, { azureCode: read.azureCode });
  }
}

/** Another view of a read's value; failures stay as they are. */
export function mapReadable<A, B>(read: Readable<A>, view: (value: A) => B): Readable<B> {
  return read.state === "ok" ? { ...read, value: view(read.value) } : read;
}

/** A read as it may be sent to the browser: a claims challenge is for the sign-in alone. */
export function shown<T>(read: Readable<T>): Readable<T> {
  return read.state === "sign-in" ? { state: read.state, message: read.message } : read;
}
