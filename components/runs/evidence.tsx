import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { Fold } from "@/components/ui/fold";
import { Section } from "@/components/ui/section";
import { hourMinuteSecond } from "@/components/ui/time-words";
import type { RunDetail } from "./queries";

type Look = RunDetail["evidence"][number];

/** What the cluster and Azure's operations showed while the run went on, the newest first. */
export function RunEvidence({ run: { evidence, operations, clusterNotRead } }: { run: RunDetail }) {
  if (evidence.length + operations.length === 0 && clusterNotRead === null) return null;
  return (
    <Section title="What was seen" className="mt-3">
      {clusterNotRead !== null && <p className="mb-2 text-ink-3">The cluster could not be read directly: {clusterNotRead}</p>}
      <ul className="space-y-1">
        {evidence.map((look, index) => (
          <li key={look.id}>
            <Fold
              open={index === 0}
              summary={
                <>
                  <span className="num">{hourMinuteSecond(look.seenAt)} UTC</span> the cluster: {summaryOf(look)}
                </>
              }
            >
              <ClusterLook look={look} />
            </Fold>
          </li>
        ))}
        {operations.map(({ id, seenAt, stepId, status, text }) => (
          <li key={id}>
            <Fold
              summary={
                <>
                  <span className="num">{hourMinuteSecond(seenAt)} UTC</span> Azure's operation of {stepId}: {status || "no status"}
                </>
              }
            >
              <CodeBlock text={text} what={`answer of the operation of ${stepId}`} />
            </Fold>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const isWell = ({ phase, ready, containers }: Look["pods"][number]): boolean =>
  phase === "Succeeded" || (phase === "Running" && ready >= containers);
const failedOf = ({ reports }: Look) =>
  reports.flatMap(({ phase, checks }) => checks.filter(({ status }) => status !== "passed").map((check) => ({ phase, ...check })));
const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function summaryOf(look: Look): string {
  const unwell = look.pods.filter((pod) => !isWell(pod)).length;
  const failed = failedOf(look).length;
  return [
    ...(failed > 0 ? [counted(failed, "failed health check", "failed health checks")] : []),
    look.pods.length === 0
      ? look.notRead.length > 0
        ? "not read"
        : "no pods"
      : unwell > 0
        ? `${unwell} of ${counted(look.pods.length, "pod", "pods")} not well`
        : `${counted(look.pods.length, "pod", "pods")}, all well`,
    ...(look.events.length > 0 ? [counted(look.events.length, "warning", "warnings")] : []),
  ].join(", ");
}

function ClusterLook({ look }: { look: Look }) {
  const unwell = look.pods.filter((pod) => !isWell(pod));
  return (
    <div className="space-y-2 text-xs break-words">
      {failedOf(look).map(({ phase, name, code, message, critical }) => (
        <p key={`${phase} ${name} ${code}`}>
          {code !== null && <Badge tone={critical ? "danger" : "warning"}>{code}</Badge>} <span className="font-medium">{name}</span>{" "}
          <span className="text-ink-3">({phase})</span> {message}
        </p>
      ))}
      {unwell.length > 0 && (
        <ul aria-label="Pods that are not well">
          {unwell.map(({ name, phase, reason, message, ready, containers, restarts }) => (
            <li key={name}>
              <code className="font-mono">{name}</code> {reason ?? phase}, {ready} of {containers} ready
              {restarts > 0 && `, ${counted(restarts, "restart", "restarts")}`}
              {message !== null && <span className="text-ink-3"> {message}</span>}
            </li>
          ))}
        </ul>
      )}
      {look.events.length > 0 && (
        <ul aria-label="Warnings">
          {look.events.map(({ object, reason, message, count, lastSeen }) => (
            <li key={`${object} ${reason} ${lastSeen} ${message}`}>
              {lastSeen !== null && <span className="num text-ink-3">{hourMinuteSecond(lastSeen)} </span>}
              <code className="font-mono">{object}</code> <span className="font-medium">{reason}</span>
              {count > 1 && ` (${count} times)`} {message}
            </li>
          ))}
        </ul>
      )}
      {look.notRead.map((why) => (
        <p key={why} className="text-ink-3">
          Not read: {why}
        </p>
      ))}
    </div>
  );
}
