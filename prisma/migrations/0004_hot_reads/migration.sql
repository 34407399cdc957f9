-- CreateIndex: hot reads ask for the latest deletion of an account, which takes a name away from what is kept
CREATE INDEX "account_deleted_at_idx" ON "account"("deleted_at");
