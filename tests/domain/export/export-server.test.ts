import { beforeAll, describe, expect, it } from 'vitest';
import { jsonStream, streamOf } from '#server/dialects/kit/json-stream';
import { setRole } from '#server/domain/accounts/set-role';
import { findPublicChannel } from '#server/domain/channels/public-channels';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { openDirect } from '#server/domain/direct-messages/open-direct';
import { exportServer } from '#server/domain/export/export-server';
import type { Actor } from '#server/domain/kernel/actor';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { sendMessage } from '#server/domain/messages/send-message';
import { createWebhook } from '#server/domain/webhooks/create-webhook';
import { prisma } from '#server/platform/database';
import { newcomers, openChannels } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let owner: Actor;
let alice: Actor;
let bob: Actor;
let general: number;

beforeAll(async () => {
  await openChannels('general', 'random');
  [owner, alice, bob] = await newcomers('owner', 'alice', 'bob');
  general = (await findPublicChannel('general')).id;
});

/** The file as somebody who keeps it reads it. */
async function exported(actor: Actor) {
  const text = await new Response(streamOf(jsonStream(await exportServer(actor)))).text();
  return { text, ...(JSON.parse(text) as Record<string, never>) } as {
    text: string;
    users: { username: string }[];
    channels: { id: number; name: string }[];
    messages: { text: string; conversationId: number; clientKey: null }[];
    conversations: { id: number; accountIds: number[] }[];
    serverSettings: object;
    webhooks: { name: string }[];
    auditLog: { action: string }[];
  };
}

describe('the export', () => {
  it('holds what the administrator may read, and no more', async () => {
    const mine = await createPrivateChannel(owner, { name: 'mine', accountIds: [alice.accountId] });
    const theirs = await createPrivateChannel(alice, { name: 'theirs', accountIds: [bob.accountId] });
    const direct = await openDirect(owner, [alice.accountId]);
    const foreign = await openDirect(alice, [bob.accountId]);
    await sendMessage(alice, {
      conversationId: general,
      entries: [{ text: 'for all' }],
      clientKey: 'alices-key',
    });
    await say(alice, mine.id, 'for the two of us');
    await say(alice, theirs.id, 'not for the owner');
    await say(alice, direct, 'between owner and alice');
    await say(alice, foreign, 'between alice and bob');
    const { id: messageId } = await say(bob, general, 'taken back');
    await deleteMessage(bob, { messageId });
    const { token } = await createWebhook(owner, { name: 'CI', conversationId: general });

    const file = await exported(owner);

    expect(Object.keys(file)).toEqual([
      'text',
      'exportedAt',
      'users',
      'channels',
      'messages',
      'conversations',
      'serverSettings',
      'webhooks',
      'auditLog',
    ]);
    expect(file.users.map(({ username }) => username)).toEqual(['owner', 'alice', 'bob']);
    expect(file.channels.map(({ name }) => name)).toEqual(['general', 'random', 'mine']);
    expect(file.messages.map(({ text }) => text)).toEqual(['for all', 'for the two of us']);
    expect(file.messages.every(({ clientKey }) => clientKey === null)).toBe(true);
    expect(file.conversations).toMatchObject([{ id: direct }]);
    expect(file.conversations[0]?.accountIds.sort()).toEqual([owner.accountId, alice.accountId].sort());
    expect(file.serverSettings).toEqual({ name: null });
    expect(file.webhooks).toMatchObject([{ name: 'CI' }]);
    expect(file.auditLog.map(({ action }) => action)).toEqual(['webhook.create', 'server.export']);
    for (const secret of [token, 'argon2', 'passwordHash', 'tokenHash', 'not for the owner', 'between']) {
      expect(file.text).not.toContain(secret);
    }
  });

  it('is for administrators, as they are now', async () => {
    expect(await refusalOf(exportServer(alice))).toBe('forbidden/not_an_administrator');
    await setRole(owner, { accountId: alice.accountId, role: 'admin' });
    const file = await exported(alice);
    expect(file.channels.map(({ name }) => name)).toEqual(['general', 'random', 'mine', 'theirs']);
    await setRole(owner, { accountId: alice.accountId, role: 'member' });
  });

  it('comes in pages, whole and in order, however long it is', async () => {
    await prisma.$executeRaw`
      INSERT INTO message (conversation_id, seq, ordinal, sender_id, text, created_at, changed_at)
      SELECT ${general}, 1000 + n, 1000 + n, ${bob.accountId}, 'row ' || n, n, n FROM generate_series(1, 2345) n`;
    const pages: number[] = [];
    const texts: (string | null)[] = [];
    for await (const page of (await exportServer(owner)).messages) {
      pages.push(page.length);
      texts.push(...page.map(({ text }) => text));
    }
    expect(Math.max(...pages)).toBeLessThanOrEqual(500);
    const rows = texts.filter((text) => text?.startsWith('row '));
    expect(rows).toEqual(Array.from({ length: 2345 }, (_, index) => `row ${index + 1}`));
    expect((await exported(owner)).messages).toHaveLength(texts.length);
  });
});

describe('a JSON object in pieces', () => {
  const pages = async function* (...each: unknown[][]) {
    yield* each;
  };
  const textOf = async (fields: Record<string, unknown>) => {
    let text = '';
    for await (const piece of jsonStream(fields)) text += piece;
    return text;
  };

  it('is what JSON would have written at once', async () => {
    const text = await textOf({
      a: 1,
      none: pages(),
      empty: pages([], []),
      b: pages([1, 'two'], [], [{ three: '"3"' }]),
      left: undefined,
      c: null,
    });
    expect(text).toBe(
      JSON.stringify({ a: 1, none: [], empty: [], b: [1, 'two', { three: '"3"' }], c: null }),
    );
    expect(await textOf({})).toBe('{}');
  });

  it('stops reading when whoever reads it leaves', async () => {
    let ended = false;
    const endless = (async function* () {
      try {
        for (;;) yield [1];
      } finally {
        ended = true;
      }
    })();
    const reader = streamOf(jsonStream({ endless })).getReader();
    await reader.read();
    await reader.cancel();
    expect(ended).toBe(false);
    const other = streamOf(jsonStream({ endless })).getReader();
    for (let piece = 0; piece < 5; piece++) await other.read();
    await other.cancel();
    expect(ended).toBe(true);
  });
});
