-- One transaction: a migration that fails leaves nothing behind.
BEGIN;

-- CreateTable
CREATE TABLE "cluster_look" (
    "clusterKey" TEXT NOT NULL,
    "lookedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cluster_look_pkey" PRIMARY KEY ("clusterKey")
);

COMMIT;
