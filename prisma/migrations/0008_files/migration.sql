-- AlterTable
ALTER TABLE "file" ADD COLUMN     "conversation_id" BIGINT,
ADD COLUMN     "thumbnail_name" TEXT,
ADD COLUMN     "thumbnail_size" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE UNIQUE INDEX "file_thumbnail_name_key" ON "file"("thumbnail_name");

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Whether somebody's send into a conversation may carry these uploads: their own, in no message yet, and meant for no
-- other conversation. They are locked: the same upload may be on its way into another conversation.
CREATE OR REPLACE FUNCTION may_carry(p_conversation bigint, p_sender bigint, p_files bigint[]) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM file WHERE id = ANY (p_files) ORDER BY id FOR UPDATE;
  RETURN cardinality(p_files) = (
    SELECT count(*) FROM file
    WHERE id = ANY (p_files) AND uploader_id = p_sender AND message_id IS NULL AND removed_at IS NULL
      AND coalesce(conversation_id, p_conversation) = p_conversation);
END $$;
