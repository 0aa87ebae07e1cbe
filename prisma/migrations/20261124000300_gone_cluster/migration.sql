-- One transaction: a migration that fails leaves nothing behind.
BEGIN;

-- CreateTable
CREATE TABLE "gone_cluster" (
    "clusterKey" TEXT NOT NULL,
    "goneAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gone_cluster_pkey" PRIMARY KEY ("clusterKey")
);

COMMIT;
