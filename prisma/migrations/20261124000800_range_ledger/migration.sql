-- One transaction: a migration that fails leaves nothing behind.
BEGIN;

-- CreateTable
CREATE TABLE "range_ledger" (
    "clusterKey" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "clusterUid" TEXT,
    "purpose" TEXT NOT NULL,
    "requestId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,
    "removedAt" TIMESTAMPTZ(3),
    "removedBy" UUID,

    CONSTRAINT "range_ledger_pkey" PRIMARY KEY ("clusterKey","prefix")
);

COMMIT;
