import { AnchorButton, LinkButton } from "@/components/ui/button";
import { ArmId, Short } from "@/components/ui/arm-id";
import { Fold } from "@/components/ui/fold";
import { Names } from "@/components/ui/names";
import { Notice } from "@/components/ui/notice";
import { rolesThatHave } from "@/lib/roles/azure-roles";
import type { RunDetail } from "./queries";

/** What stands in the way of a run, and what to do about it. */
export function RunNotices({ run }: { run: RunDetail }) {
  return (
    <>
      {run.writesPaused && (
        <Notice
          tone="warning"
          title={run.paused ? "Paused: this run waits before its next write" : "Writes to Azure are paused"}
          actions={
            <LinkButton size="sm" href="/settings">
              Settings
            </LinkButton>
          }
        >
          <p>{run.paused ? run.waitingFor : "What Azure already took goes on; this run would wait before its next write."}</p>
          <p>It goes on by itself when somebody resumes writes on the settings page.</p>
        </Notice>
      )}
      {run.cancelAsked && run.state !== "cancelled" && (
        <Notice tone="info" title="Somebody asked to cancel this run">
          It stops at the next point where that is safe.
        </Notice>
      )}
      {run.state === "sign-in-needed" && <SignIn run={run} />}
      {run.state === "rights-needed" && <Rights run={run} />}
      {run.error !== null && run.state === "failed" && <Failure run={run} error={run.error} />}
      {run.state === "cancelled" && run.error !== null && <Notice tone="info" title={run.error.message} />}
      {run.slow && (
        <Notice tone="warning" title="This takes longer than it ever should">
          Bindery keeps looking. Nothing is lost if you leave this page; look at the calls below, or at Azure's service health.
        </Notice>
      )}
    </>
  );
}

function SignIn({ run }: { run: RunDetail }) {
  return (
    <Notice
      tone="warning"
      live
      title={`${run.actingName} has to sign in again`}
      actions={
        run.signInUrl !== null && (
          <AnchorButton kind="primary" href={run.signInUrl}>
            Sign in
          </AnchorButton>
        )
      }
    >
      {run.error?.message ?? run.waitingFor ?? "Entra wants the person before it gives another token."} Then the run goes on by itself.
    </Notice>
  );
}

function Rights({ run: { actingName, clusterName, missing, error, waitingFor } }: { run: RunDetail }) {
  return (
    <Notice tone="warning" live title={`${actingName} lacks an Azure role`}>
      {missing === null || missing.action === null ? (
        <p>{error?.message ?? waitingFor}</p>
      ) : (
        <p>
          Needed:{" "}
          <code className="font-mono text-xs break-words">
            <Names text={missing.action} />
          </code>
          {missing.scope !== null && (
            <>
              {" "}
              on <ArmId id={missing.scope} what="scope" /> of the cluster {clusterName}
            </>
          )}
        </p>
      )}
      <p>
        {missing?.action != null && <>{rolesThatHave([missing.action])} has it. </>}
        Activate the role, wait until Azure knows it (up to some minutes), then carry on. Another person who may approve this can carry on
        instead.
      </p>
    </Notice>
  );
}

/** What Azure said of a failure stands here alone; folded where its meaning is told below. */
function Failure({ run: { steps, diagnosis }, error }: { run: RunDetail; error: NonNullable<RunDetail["error"]> }) {
  const failed = steps.find(({ state }) => state === "failed");
  const isExplained = diagnosis.length > 0 && failed !== undefined;
  return (
    <Notice tone="danger" live title={isExplained ? <Names text={`Failed: ${failed.title}`} /> : error.message}>
      {isExplained && (
        <Fold summary="In Azure's own words">
          <p className="text-xs">{error.message}</p>
        </Fold>
      )}
      {error.remedy !== null && <p>{error.remedy}</p>}
      <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-xs text-ink-3">
        {error.azureCode !== null && (
          <span>
            Azure's code <code className="font-mono text-ink">{error.azureCode}</code>
          </span>
        )}
        {error.azureCorrelationId !== null && (
          <span>
            Azure correlation <Short text={error.azureCorrelationId} what="Azure correlation id" />
          </span>
        )}
      </p>
    </Notice>
  );
}
