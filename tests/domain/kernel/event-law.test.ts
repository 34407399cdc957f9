import { beforeAll, describe, expect, it } from 'vitest';
import { addAccountAsAdmin } from '#server/domain/accounts/add-account-as-admin';
import { deleteAccount } from '#server/domain/accounts/delete-account';
import { exitServer } from '#server/domain/accounts/exit-server';
import { removeEmail } from '#server/domain/accounts/own-email';
import { removeAccount } from '#server/domain/accounts/remove-account';
import { resetPasswordAsAdmin } from '#server/domain/accounts/reset-password-as-admin';
import { setAvatar } from '#server/domain/accounts/set-avatar';
import { setRole } from '#server/domain/accounts/set-role';
import { updateProfile } from '#server/domain/accounts/update-profile';
import { changePublicChannel } from '#server/domain/channels/change-public-channel';
import { createPublicChannel } from '#server/domain/channels/create-public-channel';
import { deletePublicChannel } from '#server/domain/channels/delete-public-channel';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { renameConversation } from '#server/domain/conversations/rename-conversation';
import { hideConversation } from '#server/domain/direct-messages/hide-conversation';
import { openDirect } from '#server/domain/direct-messages/open-direct';
import type { Actor } from '#server/domain/kernel/actor';
import { DomainEvent } from '#server/domain/kernel/events';
import { addMember } from '#server/domain/memberships/add-member';
import { leaveConversation } from '#server/domain/memberships/leave-conversation';
import { deleteMessage, removeMessage } from '#server/domain/messages/delete-message';
import { editMessage } from '#server/domain/messages/edit-message';
import { postAsWebhook } from '#server/domain/messages/post-as-webhook';
import { reviseMessage } from '#server/domain/messages/revise-message';
import { sendMessage } from '#server/domain/messages/send-message';
import { setPinned } from '#server/domain/pins/set-pinned';
import { setReaction, toggleReaction } from '#server/domain/reactions/set-reaction';
import { pruneMessages } from '#server/domain/retention/prune-messages';
import { renameServer } from '#server/domain/server/rename-server';
import { endOtherSessions, endSessionsButToken } from '#server/domain/sessions/end-sessions';
import { register } from '#server/domain/sign-in/register';
import { followThread } from '#server/domain/threads/follow-thread';
import { markThreadRead } from '#server/domain/threads/mark-thread-read';
import { markRead } from '#server/domain/unreads/mark-read';
import { markUnread } from '#server/domain/unreads/mark-unread';
import { createWebhook } from '#server/domain/webhooks/create-webhook';
import { deleteWebhook } from '#server/domain/webhooks/delete-webhook';
import { holdsForEvents } from '#tests/support/event-law';
import { BROWSER, newcomer, newcomers, openChannels, PASSWORD, signedInAgain } from '#tests/support/people';
import { say } from '#tests/support/say';

let people: Actor[];
let alice: Actor;
let bob: Actor;
let carol: Actor;
let secret: number;
const seen = new Set<string>();

beforeAll(async () => {
  await openChannels('general', 'random');
  people = await newcomers('alice', 'bob', 'carol', 'mallory');
  [alice, bob, carol] = people as [Actor, Actor, Actor];
  secret = (await createPrivateChannel(alice, { name: 'secret', usernames: ['bob', 'carol'] })).id;
});

/** The events a command published, having checked the law for everybody. */
async function lawful(command: () => Promise<unknown>): Promise<string[]> {
  const types = (await holdsForEvents(people, command)).map(({ type }) => type);
  for (const type of types) seen.add(type);
  return types;
}

describe('state before and events give the state after', () => {
  it('for sending, with mentions, replies, repeats and threads', async () => {
    expect(await lawful(() => say(alice, secret, 'hello @bob'))).toEqual(['message_sent']);
    const once = {
      conversationId: secret,
      entries: [{ text: 'a' }, { text: '@everyone' }],
      clientKey: 'once',
    };
    expect(await lawful(() => sendMessage(bob, once))).toEqual(['message_sent']);
    expect(await lawful(() => sendMessage(bob, once))).toEqual([]);
    const root = await say(carol, secret, 'root');
    expect(
      await lawful(() =>
        sendMessage(bob, { conversationId: secret, entries: [{ text: '@alice' }], threadRootId: root.id }),
      ),
    ).toEqual(['message_sent']);
    const together = () =>
      Promise.all(people.slice(0, 3).map((actor) => say(actor, secret, `${actor.username}!`)));
    expect(await lawful(together)).toHaveLength(3);
  });

  it('for editing, deleting and reacting', async () => {
    const { id: messageId } = await say(alice, secret, 'hello @bob');
    await markRead(carol, { conversationId: secret });
    expect(await lawful(() => editMessage(alice, { messageId, text: 'hello @carol' }))).toEqual([
      'message_edited',
    ]);
    expect(await lawful(() => toggleReaction(bob, { messageId, emoji: '👍' }))).toEqual([
      'reactions_changed',
    ]);
    expect(await lawful(() => setReaction(bob, { messageId, emoji: '👍', on: true }))).toEqual([]);
    expect(await lawful(() => toggleReaction(bob, { messageId, emoji: '👍' }))).toEqual([
      'reactions_changed',
    ]);
    expect(await lawful(() => deleteMessage(alice, { messageId }))).toEqual(['message_deleted']);
    expect(await lawful(() => deleteMessage(alice, { messageId }))).toEqual(['message_deleted']);
  });

  it('for threads, their marks and followers, and when they go', async () => {
    const { id: rootId } = await say(carol, secret, 'what now?');
    const reply = async (actor: Actor, text: string, alsoInChannel = false) => {
      const send = { conversationId: secret, entries: [{ text }], threadRootId: rootId, alsoInChannel };
      return (await sendMessage(actor, send))[0]?.id as number;
    };
    expect(await lawful(() => reply(bob, 'this'))).toEqual(['message_sent']);
    let second = 0;
    const tellAll = async () => {
      second = await reply(alice, 'that, @bob', true);
    };
    expect(await lawful(tellAll)).toEqual(['message_sent']);
    expect(await lawful(() => markThreadRead(carol, { rootId }))).toEqual(['thread_read_moved']);
    expect(await lawful(() => markThreadRead(carol, { rootId }))).toEqual([]);
    const unfollow = () => followThread(bob, { rootId, following: false });
    expect(await lawful(unfollow)).toEqual(['thread_followed']);
    expect(await lawful(unfollow)).toEqual([]);
    expect(await lawful(() => followThread(bob, { rootId, following: true }))).toEqual(['thread_followed']);
    expect(await lawful(() => deleteMessage(alice, { messageId: second }))).toEqual(['message_deleted']);
    expect(await lawful(() => reply(alice, 'or that'))).toEqual(['message_sent']);
    expect(await lawful(() => deleteMessage(carol, { messageId: rootId }))).toEqual(['message_deleted']);
  });

  it('for pins, revisions and what bots and moderators do', async () => {
    const { id: messageId } = await say(bob, secret, 'remember this');
    const pin = (pinned: boolean) => lawful(() => setPinned(carol, { messageId, pinned }));
    expect(await pin(true)).toEqual(['message_pinned']);
    expect(await pin(true)).toEqual([]);
    expect(await pin(false)).toEqual(['message_pinned']);
    expect(await lawful(() => reviseMessage(bob, { messageId, text: 'or this' }))).toEqual([
      'message_edited',
    ]);
    expect(await lawful(() => removeMessage(alice, { messageId }))).toEqual(['message_deleted']);
    const bot = { webhookId: 1, name: 'deploys', conversationId: secret };
    expect(await lawful(() => postAsWebhook(bot, { text: 'done, @carol' }))).toEqual(['message_sent']);
  });

  it('for read marks, forward and back', async () => {
    const { seq } = await say(alice, secret, '@bob');
    await say(alice, secret, '@bob again');
    expect(await lawful(() => markRead(bob, { conversationId: secret, seq }))).toEqual(['read_moved']);
    expect(await lawful(() => markRead(bob, { conversationId: secret }))).toEqual(['read_moved']);
    expect(await lawful(() => markRead(bob, { conversationId: secret }))).toEqual([]);
    expect(await lawful(() => markUnread(bob, { conversationId: secret, seq: 2 }))).toEqual(['read_moved']);
    expect(await lawful(() => markRead(bob, { conversationId: secret, seq: 4 }))).toEqual(['read_moved']);
    expect(await lawful(() => say(bob, secret, 'read all that'))).toEqual(['message_sent']);
  });

  it('for private channels and who is in them', async () => {
    let place = 0;
    const found = async () => {
      place = (await createPrivateChannel(alice, { name: 'founded', usernames: ['bob'] })).id;
    };
    expect(await lawful(found)).toEqual(['conversation_created']);
    await say(alice, place, 'before carol');
    const add = () => addMember(bob, { conversationId: place, username: 'carol' });
    expect(await lawful(add)).toEqual(['member_joined', 'message_sent']);
    const rename = () => renameConversation(carol, { conversationId: place, name: 'renamed' });
    expect(await lawful(rename)).toEqual(['conversation_changed', 'message_sent']);
    expect(await lawful(() => leaveConversation(bob, place))).toEqual([
      'member_left',
      'member_left',
      'message_sent',
    ]);
  });

  it('for direct conversations, closed and open', async () => {
    let place = 0;
    const open = async () => {
      place = await openDirect(alice, [bob.accountId]);
    };
    await lawful(open);
    expect(await lawful(() => say(alice, place, 'psst'))).toEqual(['message_sent']);
    expect(await lawful(() => hideConversation(bob, place))).toEqual(['conversation_hidden']);
    expect(await lawful(() => openDirect(bob, [alice.accountId]))).toEqual(['conversation_hidden']);
    await hideConversation(bob, place);
    expect(await lawful(() => say(alice, place, 'psst again'))).toEqual(['message_sent']);
  });

  it('for retention', async () => {
    const { createdAt } = await say(alice, secret, 'the last to go');
    await say(bob, secret, 'the first to stay');
    expect(await lawful(() => pruneMessages(createdAt + 1))).toContain('messages_pruned');
  });

  it('for accounts, their profiles, sessions and end', async () => {
    expect(await lawful(() => updateProfile(bob, { bio: 'likes events', nameColor: '#aabbcc' }))).toEqual([
      'account_changed',
    ]);
    expect(await lawful(() => setAvatar(bob, `${'a'.repeat(32)}.jpg`))).toEqual(['account_changed']);
    await signedInAgain(bob);
    expect(await lawful(() => endOtherSessions(bob))).toEqual(['session_ended']);
    expect(await lawful(() => newcomer('erin'))).toEqual(['message_sent', 'account_created']);
    const client = { ...BROWSER, face: 'mikrochat' } as const;
    const registered = () => register({ email: 'victor@a.example', password: PASSWORD }, client);
    expect(await lawful(registered)).toEqual(['message_sent', 'account_created']);
    const added = () => addAccountAsAdmin(alice, { email: 'wanda@a.example', password: PASSWORD });
    expect(await lawful(added)).toEqual(['message_sent', 'account_created']);
    const reset = { accountId: bob.accountId, password: PASSWORD };
    expect(await lawful(() => resetPasswordAsAdmin(alice, reset))).toEqual(['session_ended']);
    expect(await lawful(() => removeEmail(bob, { password: PASSWORD }))).toEqual(['account_changed']);
    await signedInAgain(bob);
    expect(await lawful(() => endSessionsButToken(bob, null))).toEqual(['session_ended']);

    const dave = await newcomer('dave');
    const direct = await openDirect(dave, [alice.accountId]);
    const { id } = await createPrivateChannel(dave, { name: 'daves', usernames: ['alice'] });
    for (const place of [direct, id]) await say(dave, place, 'farewell @alice');
    expect(await lawful(() => deleteAccount(dave, { kind: 'soft', password: PASSWORD }))).toContain(
      'account_deleted',
    );
    const fred = await newcomer('fred');
    await say(fred, await openDirect(fred, [alice.accountId]), 'remember me not');
    expect(await lawful(() => deleteAccount(fred, { kind: 'hard', password: PASSWORD }))).toContain(
      'message_deleted',
    );
  });

  it('for public channels that come and go', async () => {
    expect(await lawful(() => openChannels('general', 'news'))).toContain('conversation_created');
    expect(await lawful(() => openChannels('random', 'general', 'news'))).toContain('conversation_changed');
  });

  it('for what administrators do', async () => {
    expect(await lawful(() => renameServer(alice, 'Lighthouse'))).toEqual(['server_changed']);
    expect(await lawful(() => setRole(alice, { accountId: bob.accountId, role: 'admin' }))).toEqual([
      'account_changed',
    ]);
    let place = 0;
    const create = async () => {
      place = (await createPublicChannel(bob, { name: 'launch', topic: 'To the moon' })).id;
    };
    expect(await lawful(create)).toEqual(['conversation_created']);
    await say(carol, place, '@bob ready?');
    const change = { conversationId: place, name: 'moon', topic: null };
    expect(await lawful(() => changePublicChannel(bob, change))).toEqual(['conversation_changed']);
    const added: number[] = [];
    const add = async () => {
      added.push((await createWebhook(bob, { name: 'CI', conversationId: place })).webhook.id);
    };
    expect(await lawful(add)).toEqual(['webhook_created']);
    expect(await lawful(() => deleteWebhook(alice, added[0] as number))).toEqual(['webhook_deleted']);
    await add();
    expect(await lawful(() => deletePublicChannel(alice, place))).toEqual(['conversation_deleted']);
    expect(await lawful(() => setRole(alice, { accountId: bob.accountId, role: 'member' }))).toEqual([
      'account_changed',
    ]);

    const [gina, hugo] = await newcomers('gina', 'hugo');
    await say(gina, await openDirect(gina, [alice.accountId]), 'before I am gone');
    await createPrivateChannel(gina, { name: 'ginas', usernames: ['alice'] });
    expect(await lawful(() => removeAccount(alice, gina.accountId))).toContain('account_deleted');
    expect(await lawful(() => exitServer(hugo))).toEqual(['account_deleted', 'session_ended']);
  });

  it('and every event there is has been through this', () => {
    expect([...seen].sort()).toEqual(DomainEvent.options.map((option) => option.shape.type.value).sort());
  });
});
