import { z } from '@hono/zod-openapi';
import { json, stream } from '#server/dialects/kit/answers';
import { jsonStream, streamOf } from '#server/dialects/kit/json-stream';
import { route } from '#server/dialects/kit/route';
import { AuditEntryJson, presentAuditEntry } from '#server/dialects/mikrochat/audit';
import { presentExport } from '#server/dialects/mikrochat/export';
import { limitOf } from '#server/dialects/mikrochat/fields';
import type { Profile } from '#server/dialects/mikrochat/profile';
import { stampOrNull } from '#server/dialects/mikrochat/times';
import { AUDIT_ACTIONS } from '#server/domain/audit/audit';
import { listAudit } from '#server/domain/audit/list-audit';
import { exportServer } from '#server/domain/export/export-server';

const tag = 'Administration';
const text = z.string().optional();

export const administrationRoutes = (profile: Profile) => [
  route('GET', '/admin/export', {
    id: 'X12-admin-export',
    tag,
    summary: 'Everything that I may read, as one file',
    description: 'No words of direct conversations, no private channels that I am not in, no secrets.',
    answers: { 200: stream('application/json', 'users, channels, messages, settings, webhooks and the log') },
    refuses: { forbidden: 'administrators only' },
    async handle({ actor, request }) {
      const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
      if (request.method === 'HEAD') return { status: 200, response: new Response(null, { headers }) };
      const exported = presentExport(await exportServer(actor), profile);
      return { status: 200, response: new Response(streamOf(jsonStream(exported)), { headers }) };
    },
  }),

  route('GET', '/admin/audit-log', {
    id: 'X13-admin-audit-log',
    tag,
    summary: 'What administrators have done, newest first',
    query: {
      limit: text.openapi({ type: 'integer', default: 25, maximum: 100 }),
      offset: text.openapi({ type: 'integer', default: 0 }),
      category: text.openapi({ enum: ['server', 'user'] }),
      action: text,
      from: text.openapi({ description: 'epoch milliseconds or a date, inclusive' }),
      to: text.openapi({ description: 'the same, inclusive' }),
    },
    answers: {
      200: json(
        z.strictObject({
          actions: z.array(z.string()),
          entries: z.array(AuditEntryJson),
          hasMore: z.boolean(),
          limit: z.int(),
          offset: z.int(),
          total: z.int(),
        }),
        'a page of the log',
      ),
    },
    refuses: { forbidden: 'administrators only' },
    async handle({ actor, query }) {
      const { entries, ...page } = await listAudit(actor, {
        limit: limitOf(query.limit, 25, 100),
        offset: limitOf(query.offset, 0, 1_000_000_000),
        category: categoryIn(query.category),
        action: query.action || undefined,
        from: stampOrNull(query.from) ?? undefined,
        to: untilOf(stampOrNull(query.to)),
      });
      return {
        status: 200,
        body: { ...page, actions: [...AUDIT_ACTIONS], entries: entries.map(presentAuditEntry) },
      };
    },
  }),
];

function categoryIn(written: string | undefined): 'server' | 'user' | undefined {
  return written === 'server' || written === 'user' ? written : undefined;
}

/** The whole millisecond counts. */
function untilOf(stamp: number | null): number | undefined {
  return stamp === null ? undefined : stamp + 999;
}
