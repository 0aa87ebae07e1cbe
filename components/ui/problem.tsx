import type { ReactNode } from "react";
import { ApiError } from "@/lib/http/api";
import { AnchorButton, Button } from "./button";
import { Notice } from "./notice";
import { Short } from "./arm-id";

/** A refused or failed call: the sentence, what to do, and the ids that an administrator asks for. */
export function ProblemNotice({ error, onRetry, title }: { error: unknown; onRetry?: () => void; title?: ReactNode }) {
  if (!(error instanceof ApiError)) {
    return (
      <Notice tone="danger" live title={title ?? "Something went wrong on this page"} actions={retryButton(onRetry)}>
        Reload the page. If it stays, tell your administrator what you did.
      </Notice>
    );
  }
  const { detail, remedy, action, scope, azureCode, azureCorrelationId, correlationId, signInUrl, changes } = error.problem;
  const ids = [azureCode, azureCorrelationId, correlationId].some(Boolean);
  return (
    <Notice
      tone="danger"
      live
      title={title ?? error.problem.title}
      actions={signInUrl === undefined ? retryButton(onRetry) : <AnchorButton href={signInUrl}>Sign in again</AnchorButton>}
    >
      {detail !== (title ?? error.problem.title) && <p>{detail}</p>}
      {changes !== undefined && (
        <ul className="list-disc pl-4">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
      {remedy !== undefined && <p>{remedy}</p>}
      {action !== undefined && (
        <p className="text-xs">
          Needed: <code className="font-mono break-all">{action}</code>
          {scope !== undefined && (
            <>
              {" "}
              on <code className="font-mono break-all">{scope}</code>
            </>
          )}
        </p>
      )}
      {ids && (
        <p className="mt-1 flex flex-wrap items-center gap-x-3 text-xs text-ink-3">
          {azureCode !== undefined && <code className="font-mono">{azureCode}</code>}
          {azureCorrelationId !== undefined && (
            <span>
              Azure correlation <Short text={azureCorrelationId} what="Azure correlation id" />
            </span>
          )}
          {correlationId !== "" && (
            <span>
              correlation <Short text={correlationId} what="correlation id" />
            </span>
          )}
        </p>
      )}
    </Notice>
  );
}

function retryButton(onRetry: (() => void) | undefined) {
  return (
    onRetry && (
      <Button size="sm" onClick={onRetry}>
        Try again
      </Button>
    )
  );
}
