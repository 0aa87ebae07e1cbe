-- One transaction: a migration that fails leaves nothing behind.
BEGIN;

-- CreateTable
CREATE TABLE "sign_in_flow" (
    "id" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "verifier" TEXT NOT NULL,
    "returnTo" TEXT NOT NULL,
    "claims" TEXT,
    "runId" UUID,
    "expectedOid" TEXT,
    "browserKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_flow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "tid" TEXT NOT NULL,
    "oid" TEXT NOT NULL,
    "personKey" TEXT NOT NULL,
    "homeAccountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "upn" TEXT NOT NULL,
    "portalRoles" TEXT[],
    "authTime" TIMESTAMPTZ(3) NOT NULL,
    "acrs" TEXT[],
    "amr" TEXT[],
    "ip" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endedBy" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "token_cache" (
    "homeAccountId" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "token_cache_pkey" PRIMARY KEY ("homeAccountId")
);

-- CreateTable
CREATE TABLE "visible_scope" (
    "tid" TEXT NOT NULL,
    "oid" TEXT NOT NULL,
    "subscriptionIds" TEXT[],
    "resourceKeys" TEXT[],
    "groupKeys" TEXT[],
    "refreshedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visible_scope_pkey" PRIMARY KEY ("tid","oid")
);

-- CreateTable
CREATE TABLE "role_snapshot" (
    "id" UUID NOT NULL,
    "subscriptionId" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "roles" JSONB NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "role_snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy" (
    "hash" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "loadedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "request" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "tid" TEXT NOT NULL,
    "requesterOid" TEXT NOT NULL,
    "requesterKey" TEXT NOT NULL,
    "requesterName" TEXT NOT NULL,
    "requesterIsApprover" BOOLEAN NOT NULL DEFAULT false,
    "startWhen" TEXT NOT NULL DEFAULT 'now',
    "input" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "ticket" TEXT,
    "clusterId" TEXT NOT NULL,
    "clusterKey" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "sourceKey" TEXT NOT NULL,
    "subscriptionId" TEXT NOT NULL,
    "bindingName" TEXT NOT NULL,
    "risk" TEXT,
    "approverRole" TEXT,
    "approvalsNeeded" INTEGER,
    "sentence" TEXT NOT NULL,
    "planVersion" INTEGER NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "correlationId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan" (
    "id" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "plannedByOid" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "voidedAt" TIMESTAMPTZ(3),
    "voidReasons" TEXT[],

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "planId" UUID NOT NULL,
    "planDigest" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT,
    "deciderOid" TEXT NOT NULL,
    "deciderKey" TEXT NOT NULL,
    "deciderName" TEXT NOT NULL,
    "portalRoles" TEXT[],
    "acrs" TEXT[],
    "amr" TEXT[],
    "authTime" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comment" (
    "id" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "authorOid" TEXT NOT NULL,
    "authorName" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "requestId" UUID NOT NULL,
    "planId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "tid" TEXT NOT NULL,
    "clusterKey" TEXT NOT NULL,
    "sourceKey" TEXT NOT NULL,
    "subscriptionId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "effect" TEXT,
    "settlesAt" TIMESTAMPTZ(3),
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "actingOid" TEXT NOT NULL,
    "actingKey" TEXT NOT NULL,
    "actingName" TEXT NOT NULL,
    "actingAccountId" TEXT NOT NULL,
    "waitingFor" TEXT,
    "waitingClaims" TEXT,
    "missingAction" TEXT,
    "missingScope" TEXT,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "errorRemedy" TEXT,
    "azureCode" TEXT,
    "azureCorrelationId" TEXT,
    "cancelAsked" BOOLEAN NOT NULL DEFAULT false,
    "digestChecked" BOOLEAN NOT NULL DEFAULT false,
    "correlationId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "queuedAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "actUntil" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_step" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "stepId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "operation" TEXT,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "run_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "arm_call" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "stepId" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "apiVersion" TEXT,
    "bodyHash" TEXT,
    "status" INTEGER,
    "azureCode" TEXT,
    "requestId" TEXT,
    "clientRequestId" TEXT,
    "correlationId" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "arm_call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "binding" (
    "bindingKey" TEXT NOT NULL,
    "bindingId" TEXT NOT NULL,
    "clusterKey" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "sourceKey" TEXT NOT NULL,
    "roles" TEXT[],
    "state" TEXT NOT NULL,
    "requestId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "remindAt" TIMESTAMPTZ(3),
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "binding_pkey" PRIMARY KEY ("bindingKey")
);

-- CreateTable
CREATE TABLE "binding_observation" (
    "bindingKey" TEXT NOT NULL,
    "bindingId" TEXT NOT NULL,
    "clusterKey" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "sourceKey" TEXT NOT NULL,
    "roles" TEXT[],
    "provisioningState" TEXT NOT NULL,
    "observedAt" TIMESTAMPTZ(3) NOT NULL,
    "present" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "binding_observation_pkey" PRIMARY KEY ("bindingKey")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "tid" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "actorOid" TEXT,
    "actorName" TEXT,
    "subjectType" TEXT,
    "subjectId" TEXT,
    "clusterKey" TEXT,
    "requestId" UUID,
    "runId" UUID,
    "correlationId" TEXT,
    "event" TEXT NOT NULL,
    "eventHash" TEXT NOT NULL,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "sequence" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "changedBy" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "sign_in_flow_createdAt_idx" ON "sign_in_flow"("createdAt");

-- CreateIndex
CREATE INDEX "session_tid_oid_idx" ON "session"("tid", "oid");

-- CreateIndex
CREATE INDEX "session_seenAt_idx" ON "session"("seenAt");

-- CreateIndex
CREATE INDEX "role_snapshot_subscriptionId_location_lastSeenAt_idx" ON "role_snapshot"("subscriptionId", "location", "lastSeenAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "role_snapshot_subscriptionId_location_hash_key" ON "role_snapshot"("subscriptionId", "location", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "request_number_key" ON "request"("number");

-- CreateIndex
CREATE INDEX "request_tid_createdAt_id_idx" ON "request"("tid", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "request_tid_state_createdAt_id_idx" ON "request"("tid", "state", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "request_clusterKey_createdAt_idx" ON "request"("clusterKey", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "request_requesterKey_createdAt_idx" ON "request"("requesterKey", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "plan_requestId_version_key" ON "plan"("requestId", "version");

-- CreateIndex
CREATE INDEX "decision_requestId_idx" ON "decision"("requestId");

-- CreateIndex
CREATE UNIQUE INDEX "decision_planId_deciderKey_key" ON "decision"("planId", "deciderKey");

-- CreateIndex
CREATE INDEX "comment_requestId_createdAt_idx" ON "comment"("requestId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "run_number_key" ON "run"("number");

-- CreateIndex
CREATE INDEX "run_tid_queuedAt_id_idx" ON "run"("tid", "queuedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "run_state_idx" ON "run"("state");

-- CreateIndex
CREATE INDEX "run_clusterKey_idx" ON "run"("clusterKey");

-- CreateIndex
CREATE UNIQUE INDEX "run_step_runId_stepId_key" ON "run_step"("runId", "stepId");

-- CreateIndex
CREATE INDEX "arm_call_runId_startedAt_idx" ON "arm_call"("runId", "startedAt");

-- CreateIndex
CREATE INDEX "binding_clusterKey_idx" ON "binding"("clusterKey");

-- CreateIndex
CREATE INDEX "binding_observation_clusterKey_idx" ON "binding_observation"("clusterKey");

-- CreateIndex
CREATE INDEX "binding_observation_sourceKey_idx" ON "binding_observation"("sourceKey");

-- CreateIndex
CREATE INDEX "audit_event_tid_sequence_idx" ON "audit_event"("tid", "sequence" DESC);

-- CreateIndex
CREATE INDEX "audit_event_action_sequence_idx" ON "audit_event"("action", "sequence" DESC);

-- CreateIndex
CREATE INDEX "audit_event_actorOid_sequence_idx" ON "audit_event"("actorOid", "sequence" DESC);

-- CreateIndex
CREATE INDEX "audit_event_requestId_idx" ON "audit_event"("requestId");

-- CreateIndex
CREATE INDEX "audit_event_runId_idx" ON "audit_event"("runId");

-- CreateIndex
CREATE INDEX "audit_event_correlationId_idx" ON "audit_event"("correlationId");

-- CreateIndex
CREATE INDEX "audit_event_clusterKey_sequence_idx" ON "audit_event"("clusterKey", "sequence" DESC);

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_planId_fkey" FOREIGN KEY ("planId") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_planId_fkey" FOREIGN KEY ("planId") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_step" ADD CONSTRAINT "run_step_runId_fkey" FOREIGN KEY ("runId") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "arm_call" ADD CONSTRAINT "arm_call_runId_fkey" FOREIGN KEY ("runId") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- written by hand: what the schema language cannot say ---------------------------------------------------------------

-- States are closed lists: a word that the code does not know cannot enter a table.
ALTER TABLE "request" ADD CONSTRAINT "request_state_known" CHECK ("state" IN ('waiting', 'approved', 'rejected', 'withdrawn', 'expired', 'done'));
ALTER TABLE "request" ADD CONSTRAINT "request_counts_up" CHECK ("planVersion" >= 0 AND "revision" >= 1);
ALTER TABLE "plan" ADD CONSTRAINT "plan_version_counts_from_one" CHECK ("version" >= 1);
ALTER TABLE "decision" ADD CONSTRAINT "decision_verdict_known" CHECK ("verdict" IN ('approve', 'reject'));
ALTER TABLE "run" ADD CONSTRAINT "run_state_known" CHECK ("state" IN ('queued', 'running', 'waiting-for-azure', 'settling', 'sign-in-needed', 'rights-needed', 'done', 'failed', 'cancelled'));
ALTER TABLE "run" ADD CONSTRAINT "run_effect_known" CHECK ("effect" IN ('accepted', 'recorded', 'settling', 'in-effect-assumed', 'in-effect-seen', 'removed', 'gone-assumed', 'gone-seen'));
ALTER TABLE "run_step" ADD CONSTRAINT "run_step_state_known" CHECK ("state" IN ('pending', 'running', 'waiting-for-azure', 'done', 'failed', 'skipped'));
ALTER TABLE "arm_call" ADD CONSTRAINT "arm_call_purpose_known" CHECK ("purpose" IN ('intent', 'read', 'poll', 'write'));
ALTER TABLE "binding" ADD CONSTRAINT "binding_state_known" CHECK ("state" IN ('approved-present', 'approved-absent'));
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_outcome_known" CHECK ("outcome" IN ('ok', 'refused', 'failed', 'intent'));

-- The chain has one head. It starts before the first event: sequence 0, a hash of 64 zeros.
ALTER TABLE "audit_head" ADD CONSTRAINT "audit_head_is_one_row" CHECK ("id" = 1);
INSERT INTO "audit_head" ("id", "sequence", "hash") VALUES (1, 0, repeat('0', 64));

-- The record is append-only: whoever is connected, its owner too, may add events and read them, and nothing else. ALWAYS keeps the
-- trigger on in sessions that replay replicated changes. It guards against mistakes and against the application; somebody who may
-- drop the trigger is found out by the chain of hashes.
CREATE FUNCTION "audit_event_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Audit events are append-only: % is refused.', TG_OP
        USING ERRCODE = 'insufficient_privilege', HINT = 'Add an event that corrects the earlier one.';
END
$$;
CREATE TRIGGER "audit_event_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_event"
    FOR EACH STATEMENT EXECUTE FUNCTION "audit_event_is_append_only"();
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER "audit_event_append_only";

COMMIT;
