import { BinderyError } from "@/lib/kernel/errors";
import type { Json } from "@/lib/kernel/json";
import { parseResourceId } from "@/lib/kernel/resource-id";
import { deadlines, type WireAnswer } from "./call";
import { clusterApiVersion } from "./cluster-body";
import { refusal } from "./failures";
import type { Whole } from "./lay-over";
import { azureError } from "./observe";
import { callArm, getRaw } from "./pipeline";
import { sendPlanned } from "./raw-write";
import { readable } from "./readable";
import { wordsOf } from "./refusals";
import { type AcceptedWrite, clusterPartsOf } from "./trusted-access";
import type { AzureCaller, Readable } from "./types";

/** A cluster's JSON as ARM wrote it, unknown members too, and its entity tag. */
export type RawCluster = { etag: string; json: Json };

/** Reads a cluster as raw JSON: the typed models drop what they do not know. `absent` is a proven 404. */
export async function getRawCluster(caller: AzureCaller, clusterId: string): Promise<Readable<RawCluster>> {
  const id = idOf(clusterId);
  return readable(() =>
    callArm(caller, async (arm) => {
      const answer = await getRaw(arm, `${id}?api-version=${clusterApiVersion}`);
      if (answer.status >= 400) throw refusal(answer, arm.call);
      return rawCluster(answer);
    }),
  );
}

/** ARM took the write, or did not take it now and nothing is wrong: `postponed` says why, as a sentence. */
export type ClusterWrite = AcceptedWrite | { postponed: string };

/**
 * Sends a cluster back with a change laid over it, under the entity tag that it was read with. The caller must carry this very write as
 * `plannedWrite`; sent once, as `sendWrite` says. Postponed where the cluster changed since it was read (412), and while another operation
 * runs on it (409).
 */
export async function putRawCluster(caller: AzureCaller, clusterId: string, change: Json, over: Whole): Promise<ClusterWrite> {
  const write = { method: "PUT", resourceId: idOf(clusterId), apiVersion: clusterApiVersion, body: change, over } as const;
  return callArm(
    caller,
    async (arm) => {
      const answer = await sendPlanned(arm, write);
      const postponed = whyPostponed(answer);
      if (postponed !== null) return { postponed };
      if (answer.status >= 400) throw refusal(answer, arm.call);
      return { status: answer.status, operationUrl: answer.headers.get("azure-asyncoperation") ?? null };
    },
    deadlines.write,
  );
}

/** AKS's recorded words for a cluster that is at work (terraform-azurerm-aks#604, azapi#889); EtagMismatch comes without an `error` around it. */
const busy = /EtagMismatch|OperationNotAllowed|AnotherOperation|another operation|in progress/i;

/** 409 has many meanings, a lock among them: only that of a cluster at work is waited out. */
function whyPostponed({ status, text }: WireAnswer): string | null {
  if (status === 412) return "The cluster was changed after it had been read: it is read again.";
  if (status !== 409) return null;
  const azure = azureError(text);
  if (azure !== null && wordsOf(azure) !== null) return null;
  if (!busy.test(text)) return null;
  return "Another operation is under way on the cluster, and Azure takes none beside it.";
}

function rawCluster(answer: Awaited<ReturnType<typeof getRaw>>): RawCluster {
  // What the observer took out of an answer must not be written back in its altered form.
  if (/\(private key\)|\ufffd|\\ufffd/.test(answer.text))
    throw new BinderyError("azure_refused", "The cluster's properties hold a private key or characters that Bindery does not keep.", {
      remedy: "Bindery cannot send such a cluster back unaltered. Change its authorized ranges with the az CLI.",
    });
  const json = JSON.parse(answer.text) as { eTag?: unknown; etag?: unknown } & { [key: string]: Json };
  const etag = [json.eTag, json.etag, answer.headers.get("etag")].find((one): one is string => typeof one === "string" && one !== "");
  if (etag === undefined)
    throw new BinderyError(
      "azure_refused",
      "Azure gave the cluster without an entity tag: a change under way would be overwritten unseen.",
      {
        remedy: "Tell your administrator: this cloud or api-version gives none.",
      },
    );
  return { etag, json };
}

function idOf(clusterId: string): string {
  clusterPartsOf(clusterId);
  return parseResourceId(clusterId).id;
}
