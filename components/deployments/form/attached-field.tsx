"use client";
import { Choice, FieldGroup } from "@/components/ui/field";
import { useAttached } from "./queries";
import type { TeardownDraft } from "./teardown-draft";

type Props = { draft: TeardownDraft; change: (part: Partial<TeardownDraft>) => void; error: string | undefined };

/** Which computes of the workspace go: all of those on this cluster, or some. */
export function AttachedField({ draft, change, error }: Props) {
  const { data } = useAttached(draft.clusterId, draft.workspaceId);
  const read = data?.computes;
  const found = read?.state === "ok" ? read.value : [];
  // A link may name computes that the list does not show.
  const offered = [...new Set([...found.map(({ name }) => name), ...draft.computes])];
  const hint =
    read === undefined
      ? "Choose the cluster and the workspace to see them."
      : read.state !== "ok"
        ? "The workspace's computes are not readable by you."
        : found.length === 0
          ? "The workspace has no compute on this cluster."
          : undefined;
  const pick = (name: string, on: boolean): void =>
    change({ all: false, computes: on ? [...draft.computes, name] : draft.computes.filter((one) => one !== name) });
  return (
    <FieldGroup id="computes" label="Computes" hint={hint} error={error}>
      <Choice
        type="radio"
        name="all"
        checked={draft.all}
        onChange={() => change({ all: true, computes: [] })}
        label="All of the workspace on this cluster"
      />
      {offered.length > 0 && (
        <>
          <Choice type="radio" name="all" checked={!draft.all} onChange={() => change({ all: false })} label="These" />
          <div className="pl-6">
            {offered.map((name) => {
              const namespace = found.find((one) => one.name === name)?.namespace;
              return (
                <Choice
                  key={name}
                  label={name}
                  hint={namespace == null ? undefined : `namespace ${namespace}`}
                  checked={draft.all || draft.computes.includes(name)}
                  disabled={draft.all}
                  onChange={(event) => pick(name, event.target.checked)}
                />
              );
            })}
          </div>
        </>
      )}
    </FieldGroup>
  );
}
