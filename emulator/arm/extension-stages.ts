import { definitionsOf, releaseObjects } from "../kubernetes/azureml-objects";
import { healthcheckPod, podOf, workloads } from "../kubernetes/azureml-pods";
import { azuremlNamespace, endObjects, putObject, storedObjects } from "../kubernetes/objects";
import { completed, creating, failed, running, unschedulable } from "../kubernetes/pods";
import type { Extension } from "../state/extension-shapes";
import type { KubeObject, TimedObject } from "../state/kubernetes-shapes";
import type { ArmResource } from "../state/shapes";
import type { World } from "../world";
import { placement } from "./extension-health";

/**
 * When things happen after the beginning, ms in Azure: pods appear about a minute after the check, and run two to three minutes later (recorded
 * listings); helm gives up a quarter of an hour after it began to wait.
 */
export const after = {
  refused: 45_000,
  namespace: 20_000,
  check: 40_000,
  checking: 60_000,
  checked: 150_000,
  unhealthy: 165_000,
  webhook: 200_000,
  pods: 210_000,
  firstRuns: 270_000,
  lastRuns: 390_000,
  done: 420_000,
  timedOut: 1_110_000,
} as const;

/** Writes the stages of one rollout into the cluster. */
export class Stages {
  readonly #world: World;
  readonly #cluster: ArmResource;
  readonly #extension: Extension;
  readonly #moment: (ms: number) => number;
  #reports: Record<string, string> = {};

  constructor(world: World, cluster: ArmResource, extension: Extension, moment: (ms: number) => number) {
    this.#world = world;
    this.#cluster = cluster;
    this.#extension = extension;
    this.#moment = moment;
  }

  /** The check before: its pod, which ends well or badly, and the line of its report. `until`: when its pod is taken away. */
  check(line: string, ends: "well" | "badly", until: number | null): void {
    const one = healthcheckPod(
      this.#extension.name,
      String(this.#moment(0)),
      [...placement(this.#world, this.#cluster, this.#extension).values()][0],
    );
    // The check of an earlier rollout gives way to this one.
    endObjects(this.#world.store, this.#cluster.id, this.#moment(after.check), (row) => row.object.metadata.labels?.app === "healthcheck");
    this.#put(creating(one), after.check, after.checking);
    this.#put(running(one), after.checking, after.checked);
    this.#put(ends === "well" ? completed(one) : failed(one), after.checked, until);
    const key = this.#extension.released === null ? "reports-pre-install" : "reports-pre-upgrade";
    this.report(key, line, after.checked);
  }

  /** The configuration map with the report of the health check; it survives a failed installation, as far as is known. */
  report(key: string, line: string, at: number): void {
    this.#reports = { ...this.#reports, [key]: `${line}\n` };
    const old = (row: { object: KubeObject }) => row.object.kind === "ConfigMap" && row.object.metadata.name === "arcml-healthcheck";
    endObjects(this.#world.store, this.#cluster.id, this.#moment(at), old);
    const object: KubeObject = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "arcml-healthcheck", namespace: azuremlNamespace },
      data: this.#reports,
    };
    putObject(this.#world.store, { clusterId: this.#cluster.id, owner: null, from: this.#moment(at), until: null, object });
  }

  /**
   * The pods of the release, one after another. Those that an earlier release brought stay where the settings still ask for them. `until`: when
   * the new ones are taken away again.
   */
  pods(pending: string[], hangs: boolean, until: number | null): void {
    const placed = placement(this.#world, this.#cluster, this.#extension);
    const all = workloads(this.#extension.name, this.#extension.settings);
    const there = this.#keep("Pod", new Set(all.map((one) => one.name)), until === null);
    for (const [index, workload] of all.entries()) {
      if (there.has(workload.name)) continue;
      const one = podOf(workload, placed.get(workload.name));
      const runs = Math.round(after.firstRuns + ((after.lastRuns - after.firstRuns) * index) / all.length);
      if (pending.includes(one.metadata.name)) {
        this.#put(unschedulable(one, noRoom), after.pods, until);
        this.#event(one, after.pods, until);
      } else if (hangs) {
        this.#put(creating(one), after.pods, null);
      } else {
        this.#put(creating(one), after.pods, runs);
        this.#put(workload.job === true ? completed(one) : running(one), runs, until);
      }
    }
  }

  /** Accounts, roles and definitions of the release, from when its pods begin. Definitions belong to nobody and stay for good. */
  release(): void {
    const objects = releaseObjects(this.#extension.name, this.#extension.settings);
    const kinds = new Set(objects.map((one) => one.kind));
    for (const kind of kinds) {
      const wanted = objects.filter((one) => one.kind === kind);
      const there = this.#keep(kind, new Set(wanted.map((one) => one.metadata.name)), true);
      for (const object of wanted) if (!there.has(object.metadata.name)) this.#put(object, after.pods, null);
    }
    const names = new Set(storedObjects(this.#world, this.#cluster.id).map((row) => row.object.metadata.name));
    const from = this.#moment(after.pods);
    for (const object of definitionsOf(this.#extension.settings)) {
      if (!names.has(object.metadata.name))
        putObject(this.#world.store, { clusterId: this.#cluster.id, owner: null, from, until: null, object });
    }
  }

  /** The names of the extension's own objects of a kind that are there already. With `tidy`, those that are no longer wanted go. */
  #keep(kind: string, wanted: Set<string>, tidy: boolean): Set<string> {
    const mine = (row: TimedObject) =>
      row.owner === this.#extension.id && row.object.kind === kind && row.object.metadata.labels?.app !== "healthcheck";
    const there = storedObjects(this.#world, this.#cluster.id)
      .filter(mine)
      .map((row) => row.object.metadata.name);
    if (tidy)
      endObjects(
        this.#world.store,
        this.#cluster.id,
        this.#moment(after.pods),
        (row) => mine(row) && !wanted.has(row.object.metadata.name),
      );
    return new Set(there);
  }

  #event(one: KubeObject, at: number, until: number | null): void {
    const object: KubeObject = {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: `${one.metadata.name}.17f0`, namespace: azuremlNamespace },
      involvedObject: { kind: "Pod", namespace: azuremlNamespace, name: one.metadata.name },
      type: "Warning",
      reason: "FailedScheduling",
      message: noRoom,
    };
    this.#put(object, at, until);
  }

  #put(object: KubeObject, from: number, until: number | null): void {
    const { store } = this.#world;
    const ends = until === null ? null : this.#moment(until);
    putObject(store, { clusterId: this.#cluster.id, owner: this.#extension.id, from: this.#moment(from), until: ends, object });
  }
}

const noRoom =
  "0/1 nodes are available: insufficient cpu. preemption: 0/1 nodes are available: No preemption victims found for incoming pod.";
