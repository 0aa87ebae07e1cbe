"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useMe } from "@/components/shell/me";
import { Button, LinkButton, Spinner } from "@/components/ui/button";
import { Play, RefreshCw } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { ProblemNotice } from "@/components/ui/problem";
import { Reasoned } from "@/components/ui/reasoned";
import { Elapsed, Time } from "@/components/ui/time";
import { api } from "@/lib/http/api";
import { type ClusterAddress, readingQuery } from "./queries";
import type { Way } from "./words";

/** A command takes half a minute or so; it is looked at this often, ms. */
const lookMs = 2_500;

type Props = {
  way: Way;
  what: "workload" | "pods" | "access";
  address: ClusterAddress;
  /** Whether a value is shown already. */
  isRead: boolean;
  /** Addresses of the same page read by the other ways. */
  directHref: string;
  commandHref: string;
};

/**
 * By which way the cluster's own objects are read, and the other way: straight from its API server, or by a command that Azure runs in the
 * cluster, which a person starts. Nothing while the direct way simply works.
 */
export function WayNotice({ way, what, address, isRead, directHref, commandHref }: Props) {
  const { via, obstacle, reading } = way;
  if (reading?.state === "running" && via === "run-command") return <Running reading={reading} address={address} />;
  if (via === "run-command") {
    return (
      <Notice
        tone="info"
        title={reading === null ? "Nothing was read by a command in the last five minutes" : <Shown reading={reading} />}
        actions={
          <>
            <Start way={way} what={what} address={address} again={reading !== null} href={commandHref} />
            {obstacle === null && (
              <LinkButton size="sm" href={directHref} scroll={false}>
                Read directly
              </LinkButton>
            )}
          </>
        }
      >
        Azure runs fixed <code className="font-mono">kubectl get</code> commands in a pod of the cluster, as you. Output is cut at 512 kB;
        what you run is audited.
      </Notice>
    );
  }
  if (obstacle === null && isRead) return null;
  return (
    <Notice
      tone={obstacle === null ? "info" : "warning"}
      title={obstacle === null ? "There is another way to read it" : "The API server is not read directly"}
      actions={<Start way={way} what={what} address={address} again={false} href={commandHref} />}
    >
      {obstacle} A command that Azure runs in the cluster, as you, can read it too, where you hold Azure's right to run one: it takes about
      half a minute and is audited.
      {obstacle === null && " What stands in the direct way is told below."}
    </Notice>
  );
}

function Shown({ reading }: { reading: NonNullable<Way["reading"]> }) {
  return (
    <>
      Read by your command, started <Time iso={reading.startedAt} />, kept for five minutes
    </>
  );
}

/** A reading that is under way. When it has ended, everything that shows it is read again. */
function Running({ reading, address }: { reading: NonNullable<Way["reading"]>; address: ClusterAddress }) {
  const client = useQueryClient();
  const { data, error } = useQuery({ ...readingQuery({ ...address, id: reading.id }), refetchInterval: lookMs, retry: false });
  const isOver = data?.state === "ended" || error !== null;
  useEffect(() => {
    if (isOver) void client.invalidateQueries({ predicate: ({ queryKey }) => insideCluster(queryKey) });
  }, [isOver, client]);
  return (
    <Notice tone="info" live title="The command runs in the cluster">
      <span className="inline-flex items-center gap-2">
        <Spinner /> <Elapsed from={reading.startedAt} to={null} /> so far; it takes about half a minute. You may leave this page and come
        back.
      </span>
    </Notice>
  );
}

const insideCluster = ([key]: readonly unknown[]): boolean =>
  typeof key === "string" && /^GET \/api\/v1\/clusters\/\{subscription\}\/\{group\}\/\{name\}\/(azureml|pods|access)$/.test(key);

type StartProps = { way: Way; what: Props["what"]; address: ClusterAddress; again: boolean; href: string };

function Start({ way, what, address, again, href }: StartProps) {
  const client = useQueryClient();
  const can = useMe()?.can;
  const start = useMutation({
    mutationFn: () => api("POST /api/v1/clusters/{subscription}/{group}/{name}/readings", { params: address, body: { what } }),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => insideCluster(queryKey) }),
  });
  const why = whyNot(way, can === undefined || can.ask || can.decide || can.administer);
  if (way.via === "direct" && why === null)
    return (
      <LinkButton size="sm" icon={Play} href={href} scroll={false}>
        Read by a command
      </LinkButton>
    );
  return (
    <div className="space-y-1">
      <Reasoned why={why}>
        {(describedBy) => (
          <Button
            size="sm"
            icon={again ? RefreshCw : Play}
            disabled={why !== null}
            busy={start.isPending}
            aria-describedby={describedBy}
            onClick={() => start.mutate()}
          >
            {again ? "Read again" : "Run the command"}
          </Button>
        )}
      </Reasoned>
      {start.error !== null && <ProblemNotice error={start.error} />}
    </div>
  );
}

function whyNot({ noCommand }: Way, mayStart: boolean): string | null {
  if (noCommand !== null) return noCommand;
  return mayStart ? null : "An Auditor reads, and runs nothing in a cluster.";
}
