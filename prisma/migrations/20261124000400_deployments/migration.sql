-- One transaction: a migration that fails leaves nothing behind.
BEGIN;

-- CreateTable
CREATE TABLE "protected_value" (
    "ref" UUID NOT NULL,
    "tid" TEXT NOT NULL,
    "ownerOid" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "requestId" UUID,
    "sealed" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "facts" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "protected_value_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "run_evidence" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "stepId" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "run_evidence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "protected_value_requestId_idx" ON "protected_value"("requestId");

-- CreateIndex
CREATE INDEX "protected_value_expiresAt_idx" ON "protected_value"("expiresAt");

-- CreateIndex
CREATE INDEX "run_evidence_runId_seenAt_idx" ON "run_evidence"("runId", "seenAt" DESC);

-- AddForeignKey
ALTER TABLE "run_evidence" ADD CONSTRAINT "run_evidence_runId_fkey" FOREIGN KEY ("runId") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

COMMIT;
