-- One transaction: a migration that fails leaves nothing behind.
BEGIN;

-- AlterTable
ALTER TABLE "request" DROP COLUMN "startWhen";

-- AlterTable: a run keeps the sentence of its plan, which never changes
ALTER TABLE "run" ADD COLUMN "sentence" TEXT,
ADD COLUMN "slowAt" TIMESTAMPTZ(3);

UPDATE "run" SET "sentence" = "plan"."document" ->> 'sentence' FROM "plan" WHERE "plan"."id" = "run"."planId";

ALTER TABLE "run" ALTER COLUMN "sentence" SET NOT NULL;

COMMIT;
