import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { getCluster } from "@/lib/azure/clusters";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { lookIntoCluster } from "../deploy/cluster-look";
import { settingsFacts } from "../preflight/settings-facts";
import { certificateAmong, keptValues } from "../protected-store";
import { derivedSettings } from "../settings/derived";
import type { SettingsFacts } from "../settings/facts";
import { lintSettings } from "../settings/lint";
import { settingOf } from "../settings/table";
import { settingShape } from "./setting-shape";

type Body = BodyOut<"POST /api/v1/deployments/lint">;

/**
 * Judges the settings while they are typed, with what the caller's own token sees of the cluster, and tells what Bindery will add. It stands
 * apart from the check of the request: settings can be mended before a cluster, workspace or compute is chosen. Stores nothing.
 */
export async function lintExtension(actor: Actor, body: Body): Promise<Answer<"POST /api/v1/deployments/lint">> {
  const { extension } = body;
  const facts = await factsFor(actor, body);
  return {
    findings: lintSettings(extension, facts),
    derived: facts.cluster === undefined ? [] : derivedSettings(extension, facts.cluster),
    given: Object.keys(extension.settings).map((key) => {
      const setting = settingOf(key);
      return { key, setting: setting === null ? null : { ...settingShape(setting), key } };
    }),
    clusterRead: facts.cluster !== undefined,
  };
}

async function factsFor(actor: Actor, { clusterId, extension }: Body): Promise<SettingsFacts> {
  const certificate = await certificateOf(actor, extension);
  if (clusterId === undefined) return { now: now().toISOString(), ...certificate };
  const caller = callerFor(actor);
  const cluster = await getCluster(caller, clusterId);
  const inside = await lookIntoCluster(caller, cluster, { extension });
  const nodePools = cluster.state === "ok" ? cluster.value.nodePools : null;
  return settingsFacts(extension, { now: now().toISOString(), cluster, nodePools, ...inside, ...certificate });
}

/** The certificate that the person uploaded; a reference of somebody else's tells nothing. */
async function certificateOf(actor: Actor, extension: Body["extension"]): Promise<Pick<SettingsFacts, "certificate">> {
  const certificate = certificateAmong(await keptValues(actor, extension.protected));
  return certificate === null ? {} : { certificate: { state: "ok", certificate } };
}
