import { unseen } from '#server/domain/kernel/unseen';
import { messagesJson } from '#server/domain/messages/message-json';
import { PLACES } from '#server/domain/messages/policy';

/** What to look for; absent filters don't narrow. `text` and `from` are trimmed and not empty. */
export type SearchFilters = {
  text?: string;
  from?: string;
  /** what Parley itself wrote: only that, or none of it */
  notices?: boolean;
  fromId?: number;
  conversationId?: number;
  since?: number;
  until?: number;
  before?: { createdAt: number; id: number };
};

type Reader = { accountId: number; limit: number };
type Statement = { name: string; text: string; values: unknown[] };
/** Notes a value and answers its placeholder. */
type Parameter = (value: unknown, type: string) => string;

/** How many messages, spread over all, are looked at to learn whether a text is common, and how many hits say so. */
const SAMPLE = 128;
const COMMON = 3;
/** A conversation up to this long is quicker to read through than the index is to ask. */
const SHORT_CONVERSATION = 1_000;
const NO_LIMIT = 2 ** 31 - 1;

/**
 * The search as one prepared statement. Two ways lead to the newest hits:
 * - reading messages newest first until there are enough, which is quick for what is common;
 * - the trigram index, which finds everything and sorts it: quick for what is rare, slow for what is common.
 *
 * The planner can't tell which a text is, so the statement takes a sample and then runs one of the two
 * (docs/decisions/006-search-in-two-ways.md).
 */
export function searchStatement(reader: Reader, filters: SearchFilters): Statement {
  const values: unknown[] = [];
  const parameter: Parameter = (value, type) => unseen(`$${values.push(value)}::${type}`);

  const account = parameter(reader.accountId, 'bigint');
  const limit = parameter(reader.limit, 'int');
  const scope = scopeOf(filters, parameter);
  const order = filters.conversationId === undefined ? 'm.created_at DESC, m.id DESC' : 'm.seq DESC';
  const matches =
    filters.text === undefined ? 'true' : `m.text ILIKE ${parameter(patternOf(filters.text), 'text')}`;
  const mine = `FROM ${PLACES} WHERE me.account_id = ${account}`;
  // A scalar subquery, not a join: a join could lose the order in which messages are read.
  const visible = `m.seq > (SELECT me.history_start ${mine} AND me.conversation_id = m.conversation_id)`;

  const byReading = `SELECT * FROM (
      SELECT * FROM message m WHERE ${scope} ORDER BY ${order} LIMIT ${parameter(NO_LIMIT, 'bigint')}) m
    WHERE ${matches} AND ${visible} ORDER BY ${order} LIMIT ${limit}`;
  const name = nameOf(filters);
  if (!isIndexed(filters.text)) return { name, text: `SELECT ${hits(byReading, order)}`, values };

  const isCommon = '(SELECT common FROM probe)';
  const probe = `SELECT ${isShort(filters, parameter)} OR count(*) >= ${COMMON} AS common
    FROM message m WHERE m.id = ANY (ARRAY(
      SELECT ids.first + (ids.last - ids.first) * place / ${SAMPLE}
      FROM (SELECT min(id) AS first, max(id) AS last FROM message) ids, generate_series(1, ${SAMPLE}) place))
    AND ${matches}`;
  // OFFSET 0 keeps the planner from reading in order here as well.
  const byIndex = `SELECT m.* FROM (SELECT * FROM message m WHERE ${matches} AND ${scope} OFFSET 0) m
    JOIN (SELECT me.conversation_id, me.history_start ${mine} OFFSET 0) place
      ON place.conversation_id = m.conversation_id AND m.seq > place.history_start
    ORDER BY ${order} LIMIT ${limit}`;
  const either = `SELECT * FROM (${byReading}) m WHERE ${isCommon}
    UNION ALL SELECT * FROM (${byIndex}) m WHERE NOT ${isCommon}`;
  return { name: `${name}.indexed`, text: `WITH probe AS (${probe}) SELECT ${hits(either, order)}`, values };
}

function hits(selection: string, order: string): string {
  return `${messagesJson({ from: `(${selection}) m`, where: 'true', order })} AS messages`;
}

/** The trigram index needs three letters or digits in a row. */
function isIndexed(text: string | undefined): boolean {
  return text !== undefined && /[\p{L}\p{N}]{3}/u.test(text);
}

/** A pattern that finds the text itself: `%`, `_` and `\` have no meaning of their own. */
function patternOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

function scopeOf(
  { from, fromId, notices, conversationId, since, until, before }: SearchFilters,
  parameter: Parameter,
): string {
  const conditions = ['m.deleted_at IS NULL'];
  if (from !== undefined) {
    conditions.push(`m.sender_id = (SELECT id FROM account WHERE username = ${parameter(from, 'citext')})`);
  }
  if (fromId !== undefined) conditions.push(`m.sender_id = ${parameter(fromId, 'bigint')}`);
  if (notices !== undefined) conditions.push(`m.kind ${notices ? '=' : '<>'} 'notice'`);
  if (conversationId !== undefined)
    conditions.push(`m.conversation_id = ${parameter(conversationId, 'bigint')}`);
  if (since !== undefined) conditions.push(`m.created_at >= ${parameter(since, 'bigint')}`);
  if (until !== undefined) conditions.push(`m.created_at < ${parameter(until, 'bigint')}`);
  if (before !== undefined) {
    const last = `(${parameter(before.createdAt, 'bigint')}, ${parameter(before.id, 'bigint')})`;
    conditions.push(`(m.created_at, m.id) < ${last}`);
  }
  return conditions.join(' AND ');
}

function isShort({ conversationId }: SearchFilters, parameter: Parameter): string {
  if (conversationId === undefined) return 'false';
  const id = parameter(conversationId, 'bigint');
  return `coalesce((SELECT last_seq < ${SHORT_CONVERSATION} FROM conversation WHERE id = ${id}), true)`;
}

/** The statement's text depends on which filters there are, and on nothing else. */
function nameOf(filters: SearchFilters): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  const words = given.map(([key, value]) => (typeof value === 'boolean' ? `${key}_${value}` : key));
  return ['search', ...words].join('.');
}
