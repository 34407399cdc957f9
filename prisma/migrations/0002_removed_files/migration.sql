-- AlterTable
ALTER TABLE "file" ADD COLUMN     "removed_at" BIGINT;

-- What retention looks through, oldest first; not expressible in the schema.
CREATE INDEX "file_kept_idx" ON "file" ("created_at", "id") WHERE "removed_at" IS NULL;
