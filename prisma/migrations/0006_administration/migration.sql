-- AlterTable
ALTER TABLE "account" ADD COLUMN     "added_by_id" BIGINT;

-- AlterTable
ALTER TABLE "community" ALTER COLUMN "name" DROP NOT NULL;

-- AlterTable
ALTER TABLE "conversation" ADD COLUMN     "deleted_at" BIGINT,
ADD COLUMN     "updated_at" BIGINT;

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "action" TEXT NOT NULL,
    "actor_id" BIGINT,
    "target_type" TEXT NOT NULL,
    "target_id" BIGINT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" BIGINT NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "conversation_id" BIGINT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_by_id" BIGINT NOT NULL,
    "created_at" BIGINT NOT NULL,

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entry_created_at_id_idx" ON "audit_entry"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_token_hash_key" ON "webhook"("token_hash");

-- CreateIndex
CREATE INDEX "webhook_conversation_id_idx" ON "webhook"("conversation_id");

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- Prisma's schema language has no words for what follows.

-- the first migration named the home community before anybody could
UPDATE "community" SET "name" = NULL WHERE "is_home" AND "name" = 'Home';

-- until now public channels were found by the key in the settings, and nobody could name them otherwise
UPDATE "conversation" SET "name" = "configured_name" WHERE "configured_name" IS NOT NULL;

-- exactly one public channel of a name
CREATE UNIQUE INDEX "conversation_public_name_key" ON "conversation" ("name")
  WHERE "kind" = 'channel' AND "visibility" = 'public' AND "archived_at" IS NULL;

-- what the job that empties deleted channels looks for
CREATE INDEX "conversation_deleted_idx" ON "conversation" ("deleted_at") WHERE "deleted_at" IS NOT NULL;
