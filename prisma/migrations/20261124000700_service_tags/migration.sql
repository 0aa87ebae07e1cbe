-- One transaction: a migration that fails leaves nothing behind.
BEGIN;

-- CreateTable
CREATE TABLE "tag_snapshot" (
    "id" UUID NOT NULL,
    "cloud" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "tagCount" INTEGER NOT NULL,
    "ipv4Count" INTEGER NOT NULL,
    "ipv6Count" INTEGER NOT NULL,
    "azureMlTags" JSONB NOT NULL,
    "content" BYTEA NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tag_snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tag_sighting" (
    "id" UUID NOT NULL,
    "snapshotId" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "whereFrom" TEXT NOT NULL,
    "subscriptionId" TEXT,
    "changeNumber" BIGINT NOT NULL,
    "publishedAt" TIMESTAMPTZ(3),
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "byOid" TEXT,
    "byName" TEXT,

    CONSTRAINT "tag_sighting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tag_warning" (
    "id" UUID NOT NULL,
    "cloud" TEXT NOT NULL,
    "tagKey" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "region" TEXT,
    "what" TEXT NOT NULL,
    "prefixes" TEXT[],
    "lost" INTEGER NOT NULL,
    "snapshotId" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "ending" TEXT,
    "reason" TEXT,
    "endedByOid" TEXT,
    "endedByName" TEXT,

    CONSTRAINT "tag_warning_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tag_fetch" (
    "address" TEXT NOT NULL,
    "etag" TEXT,
    "sightingId" UUID,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "triedAt" TIMESTAMPTZ(3),
    "readAt" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "tag_fetch_pkey" PRIMARY KEY ("address")
);

-- CreateIndex
CREATE INDEX "tag_snapshot_cloud_firstSeenAt_id_idx" ON "tag_snapshot"("cloud", "firstSeenAt" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "tag_snapshot_cloud_hash_key" ON "tag_snapshot"("cloud", "hash");

-- CreateIndex
CREATE INDEX "tag_sighting_snapshotId_seenAt_idx" ON "tag_sighting"("snapshotId", "seenAt" DESC);

-- CreateIndex
CREATE INDEX "tag_warning_cloud_endedAt_idx" ON "tag_warning"("cloud", "endedAt");

-- AddForeignKey
ALTER TABLE "tag_sighting" ADD CONSTRAINT "tag_sighting_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "tag_snapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

COMMIT;
