-- Signing in by mail, by other providers, and with access tokens.

-- CreateEnum
CREATE TYPE "MailState" AS ENUM ('waiting', 'sent', 'failed');

-- AlterTable
ALTER TABLE "account" ADD COLUMN     "email_proven_at" BIGINT,
ADD COLUMN     "tokens_valid_from" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "token_hint" TEXT;

-- CreateTable
CREATE TABLE "mail" (
    "id" BIGSERIAL NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT,
    "state" "MailState" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" BIGINT NOT NULL,
    "last_error" TEXT,
    "created_at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,
    "sent_at" BIGINT,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_token" (
    "id" BIGSERIAL NOT NULL,
    "purpose" TEXT NOT NULL,
    "email" CITEXT NOT NULL,
    "account_id" BIGINT,
    "token_hash" BYTEA NOT NULL,
    "created_at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,

    CONSTRAINT "one_time_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oauth_state" (
    "id" BIGSERIAL NOT NULL,
    "state_hash" BYTEA NOT NULL,
    "provider" TEXT NOT NULL,
    "ip" TEXT,
    "code_verifier" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "next_path" TEXT,
    "created_at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,

    CONSTRAINT "oauth_state_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "mail_state_next_attempt_at_idx" ON "mail"("state", "next_attempt_at");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_token_token_hash_key" ON "one_time_token"("token_hash");

-- CreateIndex
CREATE INDEX "one_time_token_account_id_idx" ON "one_time_token"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_token_purpose_email_key" ON "one_time_token"("purpose", "email");

-- CreateIndex
CREATE UNIQUE INDEX "oauth_state_state_hash_key" ON "oauth_state"("state_hash");

-- CreateIndex
CREATE INDEX "oauth_state_expires_at_idx" ON "oauth_state"("expires_at");

-- AddForeignKey
ALTER TABLE "one_time_token" ADD CONSTRAINT "one_time_token_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
