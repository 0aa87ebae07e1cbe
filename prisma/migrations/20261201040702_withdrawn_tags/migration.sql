-- One transaction: a migration that fails leaves nothing behind.
BEGIN;

-- AlterTable
ALTER TABLE "tag_snapshot" ADD COLUMN     "withdrawnAt" TIMESTAMPTZ(3),
ADD COLUMN     "withdrawnBecause" TEXT,
ADD COLUMN     "withdrawnByName" TEXT,
ADD COLUMN     "withdrawnByOid" TEXT;

COMMIT;
