import { describe, expect, it } from 'vitest';
import { findPublicChannel, publicChannels } from '#server/domain/channels/public-channels';
import { syncPublicChannels } from '#server/domain/channels/sync-public-channels';
import { findConversation, listConversations } from '#server/domain/conversations/find-conversations';
import { listMembers } from '#server/domain/memberships/list-members';
import { sendMessage } from '#server/domain/messages/send-message';
import { prisma } from '#server/platform/database';
import { settings } from '#server/platform/settings';
import { eventsOf } from '#tests/support/events';
import { newcomer, openChannels } from '#tests/support/people';
import { say } from '#tests/support/say';

const names = async () => (await publicChannels()).map(({ name }) => name);

describe('the public channels', () => {
  it('are what the settings list, trimmed, once each, in that order', async () => {
    await openChannels(' general ', 'software', 'general', ' ', 'off-topic');
    expect(await names()).toEqual(['general', 'software', 'off-topic']);
    await openChannels('off-topic', 'general', 'software');
    expect(await names()).toEqual(['off-topic', 'general', 'software']);
  });

  it('are found by their exact name', async () => {
    const { id } = await findPublicChannel('general');
    expect(await findPublicChannel('general')).toMatchObject({ id, name: 'general', isDefault: false });
    for (const name of ['General', 'secret', '', 'general ', 'a\0']) {
      await expect(findPublicChannel(name)).rejects.toMatchObject({
        kind: 'not_found',
        reason: 'conversation',
      });
    }
  });

  it('do not change, nor tell anybody anything, when the server starts again', async () => {
    const before = await publicChannels();
    expect(await eventsOf(() => openChannels(...before.map(({ name }) => name)))).toEqual([]);
    expect(await publicChannels()).toEqual(before);
  });

  it('have everybody in them, those who came before the channel too', async () => {
    await openChannels('general');
    const alice = await newcomer('alice');
    const bob = await newcomer('bob');
    await openChannels('general', 'news');
    const { id } = await findPublicChannel('news');
    expect((await listMembers(alice, id)).map(({ name }) => name)).toEqual(['alice', 'bob']);
    await say(alice, id, 'first');
    expect(await findConversation(bob, id)).toMatchObject({ unread: 1, historyStart: 0, position: 1 });
  });

  it('disappear with all they hold when no longer listed, and come back with it', async () => {
    const carol = await newcomer('carol');
    await openChannels('general', 'projects');
    const { id } = await findPublicChannel('projects');
    await say(carol, id, 'kept');

    const gone = await eventsOf(() => openChannels('general'));
    expect(gone).toContainEqual({
      type: 'conversation_changed',
      audience: { conversationId: id },
      payload: { conversationId: id },
    });
    expect((await listConversations(carol)).map(({ name }) => name)).toEqual(['general']);
    await expect(findConversation(carol, id)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(listMembers(carol, id)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(findPublicChannel('projects')).rejects.toMatchObject({ kind: 'not_found' });
    const send = sendMessage(carol, { conversationId: id, entries: [{ text: 'into the void' }] });
    await expect(send).rejects.toMatchObject({ kind: 'not_found' });

    const dave = await newcomer('dave');
    await openChannels('projects', 'general');
    expect(await findConversation(dave, id)).toMatchObject({ name: 'projects', unread: 0, lastSeq: 1 });
    expect((await listMembers(dave, id)).map(({ name }) => name)).toContain('carol');
    const reply = await say(dave, id, 'back again');
    expect(reply.seq).toBe(2);
  });

  it('are made once by servers that start together', async () => {
    settings().channels = ['general', 'fresh-1', 'fresh-2'];
    await Promise.all(Array.from({ length: 4 }, () => syncPublicChannels()));
    expect(await names()).toEqual(['general', 'fresh-1', 'fresh-2']);
    expect(await prisma.conversation.count({ where: { name: { startsWith: 'fresh' } } })).toBe(2);
  });

  it('miss nobody who signs up while they are being made', async () => {
    settings().channels = ['general', ...Array.from({ length: 5 }, (_, at) => `late-${at}`)];
    const arrivals = ['erin', 'frank', 'gina', 'hugo'];
    const [actors] = await Promise.all([Promise.all(arrivals.map(newcomer)), syncPublicChannels()]);
    for (const actor of actors) expect(await listConversations(actor)).toHaveLength(6);
  });

  it('take ten thousand people in within a moment', async () => {
    await prisma.$executeRaw`
      INSERT INTO account (username, created_at) SELECT 'crowd-' || n, 0 FROM generate_series(1, 10000) n`;
    const start = performance.now();
    await openChannels('general', 'crowded');
    expect(performance.now() - start).toBeLessThan(5_000);
    const { id } = await findPublicChannel('crowded');
    const members = await prisma.membership.count({ where: { conversationId: id } });
    expect(members).toBe(await prisma.account.count({ where: { deletedAt: null } }));
  }, 30_000);
});
