-- One transaction: a migration that fails leaves nothing behind.
BEGIN;

-- AlterTable
ALTER TABLE "request" ADD COLUMN     "batchId" UUID;

-- CreateIndex
CREATE INDEX "request_batchId_idx" ON "request"("batchId");

COMMIT;
