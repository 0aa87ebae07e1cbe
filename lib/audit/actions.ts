/** Everything that the record can say was done: a closed list, so that filters, pages and exports know every word. */
export const auditActions = [
  // people
  "sign-in",
  "sign-in-refused",
  "sign-out",
  "session-ended",
  "access-denied",
  "foreign-origin-refused",
  // requests and plans
  "request-submitted",
  "request-planned",
  "plan-voided",
  "request-approved",
  "request-rejected",
  "request-withdrawn",
  "request-expired",
  "request-commented",
  "certificate-kept",
  "protected-value-kept",
  // runs
  "run-queued",
  "run-started",
  "run-step-intent",
  "run-step-outcome",
  "run-effect",
  "run-waiting",
  "run-ended",
  "run-retried",
  "run-carried-on",
  "run-cancelled",
  // clusters
  "cluster-read-by-command",
  "ranges-removed-outside",
  // service tags
  "service-tags-imported",
  "service-tags-refused",
  "service-tags-withdrawn",
  "service-tags-restored",
  "tag-warning-accepted",
  // the installation
  "writes-paused",
  "writes-resumed",
  "policy-loaded",
  "role-rules-changed",
  // the record itself
  "audit-read",
  "audit-exported",
] as const;

/** What was done, in the record's words. */
export type AuditAction = (typeof auditActions)[number];

/** How it went: `intent` is written before a call to Azure, the other three after. */
export const auditOutcomes = ["ok", "refused", "failed", "intent"] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];
