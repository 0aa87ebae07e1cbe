import { z } from "zod";
import { parseResourceId } from "@/lib/kernel/resource-id";
import { callArm, getJson } from "./pipeline";
import { readable } from "./readable";
import type { AzureCaller, Readable } from "./types";

const apiVersion = "2025-05-01";
const ArmAddress = z.object({ properties: z.object({ ipAddress: z.string().nullish() }) });

/** The addresses of public IP resources, by their ARM ids; one that has none yet is left out. Raw GETs: the package for Microsoft.Network is far too large. */
export async function publicAddresses(caller: AzureCaller, ids: readonly string[]): Promise<Readable<string[]>> {
  const paths = ids.map((id) => parseResourceId(id).id);
  return readable(() =>
    callArm(caller, async (arm) => {
      const found = await Promise.all(paths.map((path) => getJson(arm, `${path}?api-version=${apiVersion}`)));
      return found.flatMap((json) => ArmAddress.parse(json).properties.ipAddress ?? []);
    }),
  );
}
