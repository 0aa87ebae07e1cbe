-- One transaction: a migration that fails leaves nothing behind.
BEGIN;

-- CreateTable
CREATE TABLE "cluster_reading" (
    "id" UUID NOT NULL,
    "tid" TEXT NOT NULL,
    "oid" TEXT NOT NULL,
    "clusterKey" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cluster_reading_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "cluster_reading_startedAt_idx" ON "cluster_reading"("startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "cluster_reading_tid_oid_clusterKey_what_key" ON "cluster_reading"("tid", "oid", "clusterKey", "what");

COMMIT;
