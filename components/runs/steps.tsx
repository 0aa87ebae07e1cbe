import { CheckCircle2, Circle, CloudCog, LoaderCircle, PauseCircle, Snail, XCircle, type Icon } from "@/components/ui/icons";
import { Badge } from "@/components/ui/badge";
import { Json } from "@/components/ui/code-block";
import { Fold } from "@/components/ui/fold";
import { Elapsed } from "@/components/ui/time";
import { hourMinuteSecond, span } from "@/components/ui/time-words";
import { Timeline, TimelineItem } from "@/components/ui/timeline";
import type { Tone } from "@/components/ui/tone";
import { phasesOf } from "./phases";
import type { RunDetail } from "./queries";
import { Names } from "@/components/ui/names";

type Step = RunDetail["steps"][number];

const looks: Record<Step["state"], { icon: Icon; tone: Tone; word: string }> = {
  pending: { icon: Circle, tone: "neutral", word: "not begun" },
  running: { icon: LoaderCircle, tone: "info", word: "running" },
  "waiting-for-azure": { icon: CloudCog, tone: "info", word: "waiting for Azure" },
  done: { icon: CheckCircle2, tone: "success", word: "done" },
  failed: { icon: XCircle, tone: "danger", word: "failed" },
};

/** A step that had begun when the run stopped. */
const halted = { icon: PauseCircle, tone: "warning", word: "stopped here" } as const;

type Shared = {
  /** The engine works on the run. */
  moving: boolean;
  /** What stands above the steps already and is not said again; null: nothing. */
  said: string | null;
};

/** The steps of a run in order: state, attempt, how long against how long is usual, before and after. */
export function RunSteps({ kind, steps, ...shared }: Shared & { kind: string; steps: Step[] }) {
  if (steps.length === 0) return <p className="text-ink-3">The worker has not taken this run up yet; its steps show up here.</p>;
  return phasesOf(kind, steps).map((phase, index) =>
    phase.title === "" ? (
      <StepLine key="all" label="Steps" steps={phase.steps} {...shared} />
    ) : (
      <section key={phase.title} aria-label={phase.title} className={index > 0 ? "mt-3" : undefined}>
        <h3 className="mb-1 text-xs font-medium text-ink-3">{phase.title}</h3>
        <StepLine label={`Steps: ${phase.title}`} steps={phase.steps} {...shared} />
      </section>
    ),
  );
}

function StepLine({ label, steps, moving, said }: Shared & { label: string; steps: Step[] }) {
  return (
    <Timeline label={label}>
      {steps.map((step) => {
        const isBusy = step.state === "running" || step.state === "waiting-for-azure";
        const { icon, tone, word } = isBusy && !moving ? halted : looks[step.state];
        return (
          <TimelineItem
            key={step.stepId}
            icon={icon}
            tone={tone}
            busy={moving && step.state === "running"}
            title={
              <>
                <Names text={step.title} /> <span className="font-normal text-ink-3">{word}</span>
                {step.attempt > 1 && <span className="font-normal text-ink-3">, attempt {step.attempt}</span>}
              </>
            }
            aside={
              <span className="inline-flex flex-wrap items-center gap-2">
                {step.pace !== null && step.pace !== "usual" && <PaceBadge pace={step.pace} />}
                <StepTime step={step} moving={moving} />
              </span>
            }
          >
            {step.message !== null && step.message !== said && (
              <p className="break-words">
                <Names text={step.message} />
              </p>
            )}
            <BeforeAfter step={step} />
          </TimelineItem>
        );
      })}
    </Timeline>
  );
}

/** Informs and stops nothing: Azure itself gives up much later. */
function PaceBadge({ pace }: { pace: "slow" | "stuck" }) {
  const [word, meaning] =
    pace === "slow"
      ? ["Slow", "It takes longer than such a step does at worst."]
      : ["Stuck?", "It takes more than three times as long as such a step does at worst."];
  return (
    <Badge tone="warning" icon={Snail} title={meaning}>
      {word}
    </Badge>
  );
}

function StepTime({ step: { startedAt, endedAt, expectSeconds }, moving }: { step: Step; moving: boolean }) {
  if (startedAt === null) return expectSeconds === null ? null : <span>usually {span(expectSeconds.typical)}</span>;
  if (endedAt === null && !moving) return <span className="num">{hourMinuteSecond(startedAt)}</span>;
  return (
    <span className="num">
      {hourMinuteSecond(startedAt)} · <Elapsed from={startedAt} to={endedAt} />
      {expectSeconds !== null && endedAt === null && ` of usually ${span(expectSeconds.typical)}, at worst ${span(expectSeconds.worst)}`}
    </span>
  );
}

function BeforeAfter({ step: { before, after, title } }: { step: Step }) {
  if ((before === null || before === undefined) && (after === null || after === undefined)) return null;
  return (
    <Fold summary="Before and after" className="mt-1 text-xs">
      <div className="grid gap-2 sm:grid-cols-2">
        <div>
          <p className="mb-1 text-ink-3">Before</p>
          <Json value={before ?? null} what={`before ${title}`} />
        </div>
        <div>
          <p className="mb-1 text-ink-3">After</p>
          <Json value={after ?? null} what={`after ${title}`} />
        </div>
      </div>
    </Fold>
  );
}
