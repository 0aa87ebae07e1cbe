import { CheckCircle2, Circle, CloudCog, LoaderCircle, PauseCircle, XCircle, type Icon } from "@/components/ui/icons";
import { Json } from "@/components/ui/code-block";
import { Fold } from "@/components/ui/fold";
import { Elapsed } from "@/components/ui/time";
import { hourMinuteSecond, span } from "@/components/ui/time-words";
import { Timeline, TimelineItem } from "@/components/ui/timeline";
import type { Tone } from "@/components/ui/tone";
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

/** The steps of a run in order: state, attempt, how long against how long is usual, before and after. `moving`: the engine works on the run. */
export function RunSteps({ steps, moving }: { steps: Step[]; moving: boolean }) {
  if (steps.length === 0) return <p className="text-ink-3">The worker has not taken this run up yet; its steps show up here.</p>;
  return (
    <Timeline label="Steps">
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
            aside={<StepTime step={step} moving={moving} />}
          >
            {step.message !== null && (
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
