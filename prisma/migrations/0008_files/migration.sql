-- AlterTable
ALTER TABLE "file" ADD COLUMN     "conversation_id" BIGINT,
ADD COLUMN     "thumbnail_name" TEXT,
ADD COLUMN     "thumbnail_size" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE UNIQUE INDEX "file_thumbnail_name_key" ON "file"("thumbnail_name");

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE SET NULL ON UPDATE CASCADE;
