CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "InstanceRole" AS ENUM ('owner', 'admin', 'member');

-- CreateEnum
CREATE TYPE "PresenceState" AS ENUM ('active', 'idle', 'hidden', 'offline');

-- CreateEnum
CREATE TYPE "ConversationKind" AS ENUM ('channel', 'direct', 'saved');

-- CreateEnum
CREATE TYPE "Visibility" AS ENUM ('public', 'private');

-- CreateEnum
CREATE TYPE "MemberRole" AS ENUM ('owner', 'admin', 'member');

-- CreateEnum
CREATE TYPE "MessageKind" AS ENUM ('text', 'notice');

-- CreateTable
CREATE TABLE "account" (
    "id" BIGSERIAL NOT NULL,
    "username" CITEXT,
    "display_name" TEXT,
    "email" CITEXT,
    "password_hash" TEXT,
    "role" "InstanceRole" NOT NULL DEFAULT 'member',
    "name_color" TEXT,
    "bio" TEXT,
    "avatar_file" TEXT,
    "failed_logins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" BIGINT,
    "created_at" BIGINT NOT NULL,
    "deleted_at" BIGINT,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" BIGSERIAL NOT NULL,
    "account_id" BIGINT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "face" TEXT NOT NULL,
    "user_agent" TEXT,
    "ip" TEXT,
    "created_at" BIGINT NOT NULL,
    "last_used_at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "presence" (
    "account_id" BIGINT NOT NULL,
    "state" "PresenceState" NOT NULL,
    "override" "PresenceState",
    "last_seen_at" BIGINT NOT NULL,

    CONSTRAINT "presence_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "community" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "is_home" BOOLEAN NOT NULL DEFAULT false,
    "created_at" BIGINT NOT NULL,

    CONSTRAINT "community_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_group" (
    "id" BIGSERIAL NOT NULL,
    "community_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "channel_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "id" BIGSERIAL NOT NULL,
    "community_id" BIGINT,
    "group_id" BIGINT,
    "kind" "ConversationKind" NOT NULL,
    "visibility" "Visibility" NOT NULL DEFAULT 'private',
    "name" TEXT,
    "topic" TEXT,
    "direct_key" TEXT,
    "configured_name" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "admins_only" BOOLEAN NOT NULL DEFAULT false,
    "created_by_id" BIGINT,
    "created_at" BIGINT NOT NULL,
    "archived_at" BIGINT,
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "last_ordinal" INTEGER NOT NULL DEFAULT 0,
    "last_stamp" BIGINT NOT NULL DEFAULT 0,
    "last_sent_at" BIGINT NOT NULL DEFAULT 0,
    "pruned_seq" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "conversation_id" BIGINT NOT NULL,
    "account_id" BIGINT NOT NULL,
    "role" "MemberRole" NOT NULL DEFAULT 'member',
    "joined_at" BIGINT NOT NULL,
    "history_start" INTEGER NOT NULL DEFAULT 0,
    "read_seq" INTEGER NOT NULL DEFAULT 0,
    "read_ordinal" INTEGER NOT NULL DEFAULT 0,
    "read_stamp" BIGINT NOT NULL DEFAULT 0,
    "own_unread" INTEGER NOT NULL DEFAULT 0,
    "delivered_seq" INTEGER NOT NULL DEFAULT 0,
    "hidden_at" BIGINT,
    "cleared_seq" INTEGER NOT NULL DEFAULT 0,
    "muted_until" BIGINT,
    "pinned_at" BIGINT,
    "archived_at" BIGINT,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("conversation_id","account_id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "conversation_id" BIGINT,
    "account_ids" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
    "payload" JSONB NOT NULL,
    "created_at" BIGINT NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE UNLOGGED TABLE "typing" (
    "conversation_id" BIGINT NOT NULL,
    "account_id" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "typing_pkey" PRIMARY KEY ("conversation_id","account_id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" BIGSERIAL NOT NULL,
    "conversation_id" BIGINT NOT NULL,
    "seq" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "counts" BOOLEAN NOT NULL DEFAULT true,
    "kind" "MessageKind" NOT NULL DEFAULT 'text',
    "sender_id" BIGINT,
    "sender_name" TEXT,
    "text" TEXT,
    "ciphertext" BYTEA,
    "nonce" BYTEA,
    "reply_to_id" BIGINT,
    "thread_root_id" BIGINT,
    "forwarded_from_id" BIGINT,
    "mentions" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
    "mentions_everyone" BOOLEAN NOT NULL DEFAULT false,
    "client_key" TEXT,
    "created_at" BIGINT NOT NULL,
    "edited_at" BIGINT,
    "reacted_at" BIGINT,
    "deleted_at" BIGINT,
    "changed_at" BIGINT NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reaction" (
    "message_id" BIGINT NOT NULL,
    "emoji" TEXT NOT NULL,
    "account_id" BIGINT NOT NULL,
    "conversation_id" BIGINT NOT NULL,
    "created_at" BIGINT NOT NULL,

    CONSTRAINT "reaction_pkey" PRIMARY KEY ("message_id","emoji","account_id")
);

-- CreateTable
CREATE TABLE "file" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "original_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "uploader_id" BIGINT,
    "message_id" BIGINT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" BIGINT NOT NULL,

    CONSTRAINT "file_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_username_key" ON "account"("username");

-- CreateIndex
CREATE UNIQUE INDEX "account_email_key" ON "account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE INDEX "presence_last_seen_at_idx" ON "presence"("last_seen_at");

-- CreateIndex
CREATE INDEX "channel_group_community_id_idx" ON "channel_group"("community_id");

-- CreateIndex
CREATE UNIQUE INDEX "conversation_direct_key_key" ON "conversation"("direct_key");

-- CreateIndex
CREATE UNIQUE INDEX "conversation_configured_name_key" ON "conversation"("configured_name");

-- CreateIndex
CREATE INDEX "conversation_community_id_idx" ON "conversation"("community_id");

-- CreateIndex
CREATE INDEX "conversation_group_id_idx" ON "conversation"("group_id");

-- CreateIndex
CREATE INDEX "membership_account_id_idx" ON "membership"("account_id");

-- CreateIndex
CREATE INDEX "event_created_at_idx" ON "event"("created_at");

-- CreateIndex
CREATE INDEX "message_conversation_id_changed_at_idx" ON "message"("conversation_id", "changed_at");

-- CreateIndex
CREATE UNIQUE INDEX "message_conversation_id_seq_key" ON "message"("conversation_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "message_sender_id_client_key_key" ON "message"("sender_id", "client_key");

-- CreateIndex
CREATE INDEX "reaction_account_id_idx" ON "reaction"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "file_name_key" ON "file"("name");

-- CreateIndex
CREATE INDEX "file_message_id_idx" ON "file"("message_id");

-- CreateIndex
CREATE INDEX "file_uploader_id_idx" ON "file"("uploader_id");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence" ADD CONSTRAINT "presence_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_group" ADD CONSTRAINT "channel_group_community_id_fkey" FOREIGN KEY ("community_id") REFERENCES "community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_community_id_fkey" FOREIGN KEY ("community_id") REFERENCES "community"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "channel_group"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_sender_id_fkey" FOREIGN KEY ("sender_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reaction" ADD CONSTRAINT "reaction_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reaction" ADD CONSTRAINT "reaction_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_uploader_id_fkey" FOREIGN KEY ("uploader_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- Prisma's schema language has no words for what follows.

-- exactly one home community
CREATE UNIQUE INDEX "community_home_key" ON "community" ("is_home") WHERE "is_home";
INSERT INTO "community" ("name", "is_home", "created_at")
VALUES ('Home', true, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);

-- search: case-insensitive literal substrings
CREATE INDEX "message_text_trgm_idx" ON "message" USING gin ("text" gin_trgm_ops);

-- unread: what no longer counts after somebody's mark
CREATE INDEX "message_deleted_idx" ON "message" ("conversation_id", "seq") WHERE "deleted_at" IS NOT NULL AND "counts";

-- unread mentions
CREATE INDEX "message_mentions_idx" ON "message" ("conversation_id", "seq")
  WHERE "deleted_at" IS NULL AND ("mentions_everyone" OR "mentions" <> '{}');

-- threads
CREATE INDEX "message_thread_idx" ON "message" ("thread_root_id", "seq") WHERE "thread_root_id" IS NOT NULL;
