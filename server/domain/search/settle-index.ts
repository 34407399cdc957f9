import { pool } from '#server/platform/database';
import { processSingleton } from '#server/platform/process-singleton';

const DELAY_MS = 1_000;

const settling = processSingleton('search.settling', () => ({ isPlanned: false }));

/**
 * Sorts new messages into the search index, soon and beside the traffic. Postgres first puts what is inserted on a
 * list (many times cheaper than the index itself), which every search has to read through, and which some unlucky
 * send has to sort in when it is full: a tenth of a second. Called after sends; harmless to miss, because autovacuum
 * does the same, later.
 */
export function settleIndexSoon(): void {
  if (settling.isPlanned) return;
  settling.isPlanned = true;
  setTimeout(() => {
    settling.isPlanned = false;
    pool.query(`SELECT gin_clean_pending_list('message_text_trgm_idx')`).catch(() => {});
  }, DELAY_MS).unref();
}
