import { beforeAll, describe, expect, it } from 'vitest';
import { changePublicChannel } from '#server/domain/channels/change-public-channel';
import { createPublicChannel } from '#server/domain/channels/create-public-channel';
import { deletePublicChannel } from '#server/domain/channels/delete-public-channel';
import { emptyDeletedChannels } from '#server/domain/channels/empty-deleted-channels';
import { findPublicChannel, publicChannels } from '#server/domain/channels/public-channels';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { findConversation, listConversations } from '#server/domain/conversations/find-conversations';
import { openDirect } from '#server/domain/direct-messages/open-direct';
import type { Actor } from '#server/domain/kernel/actor';
import { isRefusal } from '#server/domain/kernel/refusal';
import { listMembers } from '#server/domain/memberships/list-members';
import { findMessage } from '#server/domain/messages/find-messages';
import { sendMessage } from '#server/domain/messages/send-message';
import { searchMessages } from '#server/domain/search/search-messages';
import { createWebhook } from '#server/domain/webhooks/create-webhook';
import { webhookOfToken } from '#server/domain/webhooks/webhook-of-token';
import { prisma } from '#server/platform/database';
import { makeFile } from '#tests/support/cast';
import { eventsOf } from '#tests/support/events';
import { newcomer, newcomers, openChannels } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let owner: Actor;
let alice: Actor;
let general: number;

beforeAll(async () => {
  await openChannels('general', 'random');
  [owner, alice] = await newcomers('owner', 'alice');
  general = (await findPublicChannel('general')).id;
});

const names = async () => (await publicChannels()).map(({ name }) => name);

describe('an administrator adds a public channel', () => {
  it('behind those of the settings, with everybody in it, who hear of it', async () => {
    let id = 0;
    const events = await eventsOf(async () => {
      const channel = await createPublicChannel(owner, { name: '  launch ', topic: 'To the moon' });
      expect(channel).toMatchObject({ name: 'launch', topic: 'To the moon', visibility: 'public' });
      expect(channel).toMatchObject({ isDefault: false, updatedAt: null, createdById: owner.accountId });
      id = channel.id;
    });
    expect(events).toEqual([
      {
        type: 'conversation_created',
        audience: { conversationId: id },
        payload: { conversationId: id },
      },
    ]);
    expect(await names()).toEqual(['general', 'random', 'launch']);
    expect((await listMembers(alice, id)).map(({ name }) => name)).toEqual(['alice', 'owner']);
    expect((await findConversation(alice, id)).topic).toBe('To the moon');
    const bob = await newcomer('bob');
    expect((await listConversations(bob)).map(({ name }) => name)).toEqual(['general', 'random', 'launch']);
    // a restart changes nothing about it
    await openChannels('general', 'random');
    expect(await names()).toEqual(['general', 'random', 'launch']);
  });

  it('and nobody else does', async () => {
    expect(await refusalOf(createPublicChannel(alice, { name: 'mine' }))).toBe(
      'forbidden/not_an_administrator',
    );
    // what the actor carries may be out of date
    const demoted: Actor = { ...alice, role: 'owner' };
    expect(await refusalOf(createPublicChannel(demoted, { name: 'mine' }))).toBe(
      'forbidden/not_an_administrator',
    );
    expect(await names()).not.toContain('mine');
  });

  it.each(['', '  ', 'a'.repeat(101), 'a<b', 'a>b', 'a\u0007b', 'a\nb', 'dm:alice', 'private:3'])(
    'not under the name %j',
    async (name) => {
      expect(await refusalOf(createPublicChannel(owner, { name }))).toBe('invalid/channel_name');
    },
  );

  it.each(['general', 'General', 'random'])('not under the name %j that is taken or shown', async (name) => {
    expect(await refusalOf(createPublicChannel(owner, { name }))).toBe('conflict/name_taken');
  });

  it('under a name that differs in letter case, or that a private channel has', async () => {
    await createPrivateChannel(alice, { name: 'shared name' });
    for (const name of ['Random', 'shared name', 'Ünïcödé 🚀', 'a'.repeat(100)]) {
      expect(await createPublicChannel(owner, { name })).toMatchObject({ name });
    }
  });

  it('once, however many do so at the same time', async () => {
    const racing = await Promise.allSettled(
      Array.from({ length: 6 }, () => createPublicChannel(owner, { name: 'raced' })),
    );
    expect(racing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of racing) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ reason: 'name_taken' });
    }
    expect((await names()).filter((name) => name === 'raced')).toHaveLength(1);
  });

  it('and misses nobody who signs up meanwhile', async () => {
    const [channel, ...actors] = await Promise.all([
      createPublicChannel(owner, { name: 'rush hour' }),
      ...['erin', 'frank', 'gina', 'hugo'].map(newcomer),
    ]);
    for (const actor of actors) {
      expect((await findConversation(actor as Actor, channel.id)).name).toBe('rush hour');
    }
  });
});

describe('an administrator changes a public channel', () => {
  it('its name, by which every face finds it from then on', async () => {
    const { id } = await createPublicChannel(owner, { name: 'before' });
    const events = await eventsOf(async () => {
      const changed = await changePublicChannel(owner, { conversationId: id, name: 'after' });
      expect(changed).toMatchObject({ id, name: 'after', updatedAt: expect.any(Number) });
    });
    expect(events.map(({ type }) => type)).toEqual(['conversation_changed']);
    expect((await findPublicChannel('after')).id).toBe(id);
    expect(await refusalOf(findPublicChannel('before'))).toBe('not_found/conversation');
    expect((await findConversation(alice, id)).name).toBe('after');
    expect((await createPublicChannel(owner, { name: 'before' })).id).not.toBe(id);
  });

  it('that the settings list, which find it again under its new name', async () => {
    const { id } = await findPublicChannel('random');
    await changePublicChannel(owner, { conversationId: id, name: 'serendipity' });
    await openChannels('general', 'random');
    expect((await findPublicChannel('serendipity')).id).toBe(id);
    expect(await names()).not.toContain('random');
    await changePublicChannel(owner, { conversationId: id, name: 'random' });
  });

  it('its topic, and takes it away again', async () => {
    const change = (topic: string | null) => changePublicChannel(owner, { conversationId: general, topic });
    expect(await change(' All of us ')).toMatchObject({ name: 'general', topic: 'All of us' });
    expect(await refusalOf(change('x'.repeat(251)))).toBe('invalid/topic_too_long');
    expect((await findConversation(alice, general)).topic).toBe('All of us');
    expect(await change('  ')).toMatchObject({ topic: null });
  });

  it('never the name of the default channel, nor to one that is taken', async () => {
    const { id } = await findPublicChannel('random');
    const rename = (conversationId: number, name: string, actor = owner) =>
      refusalOf(changePublicChannel(actor, { conversationId, name }));
    expect(await rename(general, 'lobby')).toBe('conflict/default_channel');
    expect(await rename(general, '')).toBe('conflict/default_channel');
    expect(await rename(id, 'general')).toBe('conflict/name_taken');
    expect(await rename(id, '')).toBe('invalid/channel_name');
    expect(await rename(id, 'x', alice)).toBe('forbidden/not_an_administrator');
    expect(await rename(999_999, 'x')).toBe('not_found/conversation');
    // its own name is not another's
    expect(await changePublicChannel(owner, { conversationId: id, name: 'random' })).toMatchObject({ id });
  });

  it('and no conversation of another kind', async () => {
    const secret = await createPrivateChannel(owner, { name: 'secret' });
    const direct = await openDirect(owner, [alice.accountId]);
    for (const conversationId of [secret.id, direct]) {
      expect(await refusalOf(changePublicChannel(owner, { conversationId, name: 'x' }))).toBe(
        'not_found/conversation',
      );
      expect(await refusalOf(deletePublicChannel(owner, conversationId))).toBe('not_found/conversation');
    }
  });
});

describe('an administrator deletes a public channel', () => {
  it('MK-31 and it is gone for everybody at once, with its messages and webhooks', async () => {
    const { id } = await createPublicChannel(owner, { name: 'doomed' });
    const message = await say(alice, id, 'the unfindable needle');
    const { token } = await createWebhook(owner, { name: 'CI', conversationId: id });
    expect(await webhookOfToken(token)).toMatchObject({ name: 'CI', conversationId: id });

    const events = await eventsOf(() => deletePublicChannel(owner, id));

    expect(events).toEqual([
      {
        type: 'conversation_deleted',
        audience: 'everyone',
        payload: { conversationId: id, name: 'doomed' },
      },
    ]);
    expect(await names()).not.toContain('doomed');
    for (const actor of [owner, alice]) {
      expect((await listConversations(actor)).some((view) => view.id === id)).toBe(false);
      expect(await refusalOf(findConversation(actor, id))).toBe('not_found/conversation');
      expect(await refusalOf(findMessage(actor, message.id))).toBe('not_found/message');
      expect(await refusalOf(say(actor, id, 'too late'))).toBe('not_found/conversation');
    }
    expect(await searchMessages(alice, { text: 'unfindable needle' })).toEqual([]);
    expect(await webhookOfToken(token)).toBeNull();
    expect(await refusalOf(deletePublicChannel(owner, id))).toBe('not_found/conversation');
    const late = await newcomer('late');
    expect(await refusalOf(findConversation(late, id))).toBe('not_found/conversation');
    expect((await createPublicChannel(owner, { name: 'doomed' })).id).not.toBe(id);
  });

  it('but not the default channel, nor without being one', async () => {
    expect(await refusalOf(deletePublicChannel(owner, general))).toBe('conflict/default_channel');
    expect(await refusalOf(deletePublicChannel(alice, general))).toBe('forbidden/not_an_administrator');
    expect(await refusalOf(deletePublicChannel(owner, 999_999))).toBe('not_found/conversation');
  });

  it('and a job removes all it held, also when it was interrupted before', async () => {
    await emptyDeletedChannels();
    const { id } = await createPublicChannel(owner, { name: 'heavy' });
    for (let round = 0; round < 12; round++) {
      await sendMessage(alice, {
        conversationId: id,
        entries: Array.from({ length: 50 }, (_, index) => ({ text: `${round}.${index}` })),
      });
    }
    const fileId = await makeFile(alice);
    await sendMessage(alice, { conversationId: id, entries: [{ text: 'with a file', fileIds: [fileId] }] });
    const unsent = await makeFile(alice);
    await prisma.file.update({ where: { id: unsent }, data: { conversationId: id } });
    await deletePublicChannel(owner, id);
    // as a crash would leave it
    await prisma.message.deleteMany({ where: { conversationId: id, seq: { lte: 3 } } });

    expect(await emptyDeletedChannels()).toBe(598);

    expect(await prisma.conversation.findUnique({ where: { id } })).toBeNull();
    expect(await prisma.message.count({ where: { conversationId: id } })).toBe(0);
    expect(await prisma.membership.count({ where: { conversationId: id } })).toBe(0);
    expect(await prisma.file.count({ where: { id: { in: [fileId, unsent] } } })).toBe(0);
    expect(await emptyDeletedChannels()).toBe(0);
  });

  it('that the settings list, and it comes back empty only after they have been without it', async () => {
    await openChannels('general', 'random', 'project');
    const { id } = await findPublicChannel('project');
    await say(alice, id, 'forget me');
    await deletePublicChannel(owner, id);
    await openChannels('general', 'random', 'project');
    expect(await names()).not.toContain('project');
    await emptyDeletedChannels();
    await openChannels('general', 'random', 'project');
    expect(await names()).not.toContain('project');

    await openChannels('general', 'random');
    await openChannels('general', 'random', 'project');
    const again = await findPublicChannel('project');
    expect(again.id).not.toBe(id);
    expect(await findConversation(alice, again.id)).toMatchObject({ lastSeq: 0 });
    await openChannels('general', 'random');
  });

  it('while people are sending: what is acknowledged was sent before, all else is refused', async () => {
    const { id } = await createPublicChannel(owner, { name: 'busy' });
    const sends = Array.from({ length: 40 }, (_, index) => say(alice, id, `${index}`));
    const deletion = deletePublicChannel(owner, id);
    const more = Array.from({ length: 20 }, (_, index) => say(alice, id, `late ${index}`));
    const results = await Promise.allSettled([...sends, ...more]);
    await deletion;
    const seqs = results.flatMap((one) => (one.status === 'fulfilled' ? one.value.seq : []));
    const reasons = results.flatMap((one) => (one.status === 'rejected' ? one.reason : []));
    expect(reasons.every((reason) => isRefusal(reason) && reason.kind === 'not_found')).toBe(true);
    expect(await prisma.message.count({ where: { conversationId: id } })).toBe(seqs.length);
    expect([...seqs].sort((a, b) => a - b)).toEqual(seqs.map((_, index) => index + 1));
    expect(await refusalOf(say(alice, id, 'after'))).toBe('not_found/conversation');
  });
});

describe('the settings', () => {
  it('adopt a channel of the app that they come to list', async () => {
    const { id } = await createPublicChannel(owner, { name: 'adopted' });
    await say(alice, id, 'still here');
    await openChannels('general', 'adopted', 'random');
    expect((await publicChannels()).slice(0, 3).map(({ name }) => name)).toEqual([
      'general',
      'adopted',
      'random',
    ]);
    expect((await findPublicChannel('adopted')).id).toBe(id);
    await openChannels('general', 'random');
    expect(await names()).not.toContain('adopted');
    await openChannels('general', 'adopted', 'random');
    expect(await findConversation(alice, id)).toMatchObject({ lastSeq: 1, position: 1 });
    await openChannels('general', 'random');
  });

  it('may list a channel by the name it was given in the app', async () => {
    await openChannels('general', 'old name');
    const { id } = await findPublicChannel('old name');
    await changePublicChannel(owner, { conversationId: id, name: 'new name' });
    for (const listed of [['old name'], ['old name', 'new name'], ['new name']]) {
      await openChannels('general', ...listed);
      expect((await findPublicChannel('new name')).id).toBe(id);
      expect(await names()).not.toContain('old name');
    }
    await openChannels('general', 'old name');
    expect((await findPublicChannel('old name')).id).not.toBe(id);
  });

  it('bring a channel back beside one that has taken its name', async () => {
    await openChannels('general', 'first');
    const first = await findPublicChannel('first');
    await changePublicChannel(owner, { conversationId: first.id, name: 'wanted' });
    await openChannels('general');
    const second = await createPublicChannel(owner, { name: 'wanted' });
    await openChannels('general', 'first');
    expect((await findPublicChannel('first')).id).toBe(first.id);
    expect((await findPublicChannel('wanted')).id).toBe(second.id);
  });
});
