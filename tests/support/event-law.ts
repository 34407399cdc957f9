// The law of events: what somebody knew before a command, brought up to date by the events it published, is what
// they would load afresh. A reader may look up what an event names, and nothing else.
import { expect } from 'vitest';
import { type AccountView, accountFields, presentAccount } from '#server/domain/accounts/account';
import { isAdministrator } from '#server/domain/accounts/administration';
import { listAccounts } from '#server/domain/accounts/list-accounts';
import type { ConversationView } from '#server/domain/conversations/conversation';
import { findConversation, listConversations } from '#server/domain/conversations/find-conversations';
import { type Actor, DELETED_NAME, type Person } from '#server/domain/kernel/actor';
import type { DomainEvent } from '#server/domain/kernel/events';
import { listMembers } from '#server/domain/memberships/list-members';
import { changedSince } from '#server/domain/messages/changed-since';
import { findMessages } from '#server/domain/messages/find-messages';
import type { Message } from '#server/domain/messages/message';
import { serverName } from '#server/domain/server/server-name';
import { listSessions } from '#server/domain/sessions/list-sessions';
import { listThreads } from '#server/domain/threads/list-threads';
import type { ThreadStanding } from '#server/domain/threads/thread-view';
import { listWebhooks } from '#server/domain/webhooks/list-webhooks';
import type { WebhookView } from '#server/domain/webhooks/webhook';
import { eventsAfter, newestEventId, type StoredEvent } from '#server/live/event-log';
import { plain, prisma } from '#server/platform/database';

type Place = { view: ConversationView; members: Person[]; messages: Message[] };

/** All that one person can know. */
type Knowledge = {
  /** the threads they follow, and where they stand in each */
  threads: Map<number, ThreadStanding>;
  accounts: Map<number, AccountView>;
  places: Map<number, Place>;
  sessions: Set<number>;
  serverName: string | null;
  /** administrators only; without what channels are called, which is told by the channels */
  webhooks: Map<number, Omit<WebhookView, 'channelName'>>;
};

/**
 * Runs a command and holds it to the law for each of the readers. Answers the events it published, so that a test
 * can make sure that there were any.
 */
export async function holdsForEvents(
  readers: readonly Actor[],
  command: () => Promise<unknown>,
): Promise<DomainEvent[]> {
  const known = await Promise.all(readers.map(load));
  const cursor = await newestEventId();
  await command();
  const events = await eventsAfter(cursor, 1_000);
  for (const [index, reader] of readers.entries()) {
    const told = known[index] as Knowledge;
    for (const stored of events) if (await mayHear(reader, stored)) await apply(reader, told, stored.event);
    expect(inOrder(told), `what ${reader.username} was told`).toEqual(inOrder(await load(reader)));
  }
  return events.map(({ event }) => event as DomainEvent);
}

/** By id, so that a failure shows what differs and not how it was learnt. */
function inOrder({ accounts, places, sessions, threads, webhooks, serverName }: Knowledge) {
  const byId = <T>(map: Map<number, T>) => [...map].sort(([a], [b]) => a - b);
  return {
    accounts: byId(accounts),
    places: byId(places),
    threads: byId(threads),
    sessions: [...sessions].sort((a, b) => a - b),
    webhooks: byId(webhooks),
    serverName,
  };
}

async function load(reader: Actor): Promise<Knowledge> {
  const views = (await listConversations(reader)).filter(isKnown);
  const places = await Promise.all(views.map(async ({ id }) => [id, await loadPlace(reader, id)] as const));
  return {
    accounts: new Map((await listAccounts()).map((account) => [account.id, account])),
    places: new Map(places),
    threads: new Map((await threadsOf(reader)).map((thread) => [thread.rootId, thread])),
    sessions: new Set((await listSessions(reader)).map(({ id }) => id)),
    serverName: await serverName(),
    webhooks: await loadWebhooks(reader),
  };
}

async function loadWebhooks(reader: Actor): Promise<Knowledge['webhooks']> {
  const account = await prisma.account.findUnique({ where: { id: reader.accountId, deletedAt: null } });
  if (!account || !isAdministrator(account)) return new Map();
  const webhooks = await listWebhooks(reader);
  return new Map(webhooks.map(({ channelName, ...webhook }) => [webhook.id, webhook]));
}

/** A direct conversation that somebody opened is none for the others until something is sent. */
function isKnown({ hidden, lastSeq }: ConversationView): boolean {
  return !hidden || lastSeq > 0;
}

async function loadPlace(reader: Actor, id: number): Promise<Place> {
  const [view, members, messages] = await Promise.all([
    findConversation(reader, id),
    listMembers(reader, id),
    changedSince(reader, id, 0),
  ]);
  return { view, members, messages: [...messages] };
}

/** As the hub decides it: by what holds when the event is delivered. */
async function mayHear(reader: Actor, { audience }: StoredEvent): Promise<boolean> {
  if (audience === 'everyone') return true;
  if ('accountIds' in audience) return audience.accountIds.includes(reader.accountId);
  const { conversationId } = audience;
  return (await prisma.membership.count({ where: { conversationId, accountId: reader.accountId } })) > 0;
}

async function apply(reader: Actor, known: Knowledge, event: DomainEvent | null): Promise<void> {
  switch (event?.type) {
    case 'message_sent':
      return withPlace(reader, known, event.conversationId, async (place) => {
        const arrived = await findMessages(reader, event.messageIds);
        for (const message of arrived) arrive(reader, place, message);
        await growThreads(reader, known, place, arrived);
      });
    case 'message_deleted':
      return withPlace(reader, known, event.conversationId, async (place) => {
        const gone = await findMessages(reader, [event.messageId, ...event.replyIds]);
        replace(place, gone);
        known.threads.delete(event.messageId);
        await growThreads(reader, known, place, gone);
      });
    case 'message_edited':
    case 'message_pinned':
    case 'reactions_changed':
      return withPlace(reader, known, event.conversationId, async (place) =>
        replace(place, await findMessages(reader, [event.messageId])),
      );
    case 'thread_read_moved':
    case 'thread_followed':
      return learnThread(reader, known, event.rootId);
    case 'messages_pruned':
      return withPlace(reader, known, event.conversationId, async (place) => {
        for (const { id, seq } of place.messages) if (seq <= event.prunedSeq) known.threads.delete(id);
        place.messages = place.messages.filter(({ seq }) => seq > event.prunedSeq);
        place.view.readSeq = Math.max(place.view.readSeq, event.prunedSeq);
      });
    case 'read_moved':
      await withPlace(reader, known, event.conversationId, async ({ view, messages }) => {
        view.readSeq = event.readSeq;
        const read = messages.find(({ seq }) => seq === event.readSeq);
        view.readStamp = Math.max(view.readStamp, read?.createdAt ?? 0);
      });
      expect(known.places.get(event.conversationId)?.view.unread).toBe(event.unread);
      return;
    case 'conversation_hidden':
      return withPlace(reader, known, event.conversationId, async ({ view }) => {
        view.hidden = event.hidden;
      });
    case 'member_left':
      if (event.accountId === reader.accountId) forgetPlace(known, event.conversationId);
      else await reload(reader, known, event.conversationId);
      return;
    case 'conversation_created':
    case 'conversation_changed':
    case 'member_joined':
      return reload(reader, known, event.conversationId);
    case 'conversation_deleted':
      known.places.delete(event.conversationId);
      for (const [id, { conversationId }] of known.webhooks) {
        if (conversationId === event.conversationId) known.webhooks.delete(id);
      }
      return;
    case 'webhook_created': {
      const webhook = (await loadWebhooks(reader)).get(event.webhookId);
      if (webhook) known.webhooks.set(event.webhookId, webhook);
      return;
    }
    case 'webhook_deleted':
      known.webhooks.delete(event.webhookId);
      return;
    case 'server_changed':
      known.serverName = event.name;
      return;
    case 'account_created':
      return learnAccount(reader, known, event.accountId);
    case 'account_changed':
      await learnAccount(reader, known, event.accountId);
      // what one may do decides what one may know
      if (event.accountId === reader.accountId) known.webhooks = await loadWebhooks(reader);
      return;
    case 'account_deleted':
      return forgetAccount(known, event.accountId);
    case 'session_ended':
      for (const id of event.sessionIds) known.sessions.delete(id);
  }
}

/** Changes a place, if the reader knows it, and counts anew what is unread in it. */
async function withPlace(
  reader: Actor,
  known: Knowledge,
  id: number,
  change: (place: Place) => Promise<void>,
): Promise<void> {
  const place = known.places.get(id);
  if (!place) return reload(reader, known, id);
  await change(place);
  const unread = place.messages.filter(
    (message) =>
      message.seq > place.view.readSeq &&
      message.counts &&
      message.deletedAt === null &&
      message.sender?.id !== reader.accountId,
  );
  const mine = (message: Message) => message.mentions.some((person) => person.id === reader.accountId);
  place.view.unread = unread.length;
  place.view.mentions = unread.filter((message) => message.mentionsEveryone || mine(message)).length;
}

function replace(place: Place, changed: readonly Message[]): void {
  const byId = new Map(changed.map((message) => [message.id, message]));
  place.messages = place.messages.map((message) => byId.get(message.id) ?? message);
}

/** Replies change the roots they belong to, and who follows them. */
async function growThreads(reader: Actor, known: Knowledge, place: Place, replies: readonly Message[]) {
  for (const rootId of new Set(replies.flatMap((reply) => reply.threadRootId ?? []))) {
    replace(place, await findMessages(reader, [rootId]));
    await learnThread(reader, known, rootId);
  }
}

async function learnThread(reader: Actor, known: Knowledge, rootId: number): Promise<void> {
  const thread = (await threadsOf(reader)).find((one) => one.rootId === rootId);
  if (thread) known.threads.set(rootId, thread);
  else known.threads.delete(rootId);
}

async function threadsOf(reader: Actor): Promise<ThreadStanding[]> {
  const threads = await listThreads(reader, { limit: 50 });
  return threads.map(({ root: _root, recent: _recent, ...standing }) => standing);
}

function arrive(reader: Actor, { view, messages }: Place, message: Message): void {
  if (messages.some(({ id }) => id === message.id)) return;
  messages.push(message);
  Object.assign(view, { lastSeq: message.seq, lastSentAt: message.createdAt, hidden: false });
  if (message.counts && message.sender?.id === reader.accountId) {
    Object.assign(view, { readSeq: message.seq, readStamp: message.createdAt });
  }
}

function forgetPlace(known: Knowledge, id: number): void {
  known.places.delete(id);
  for (const [rootId, { conversationId }] of known.threads) {
    if (conversationId === id) known.threads.delete(rootId);
  }
}

async function reload(reader: Actor, known: Knowledge, id: number): Promise<void> {
  known.places.delete(id);
  const isThere = (await listConversations(reader)).some((view) => view.id === id && isKnown(view));
  if (isThere) known.places.set(id, await loadPlace(reader, id));
}

async function learnAccount(reader: Actor, known: Knowledge, id: number): Promise<void> {
  const row = await prisma.account.findUnique({ where: { id, deletedAt: null }, select: accountFields });
  if (!row) return;
  const isNew = !known.accounts.has(id);
  known.accounts.set(id, presentAccount(plain(row)));
  if (!isNew) return;
  // whoever is new belongs to every public channel
  for (const { view } of [...known.places.values()]) {
    if (view.visibility === 'public') await reload(reader, known, view.id);
  }
}

/** They stay as the nameless author of what they wrote and in the name of direct conversations. */
function forgetAccount(known: Knowledge, id: number): void {
  known.accounts.delete(id);
  for (const place of known.places.values()) {
    place.members = place.members.filter((person) => person.id !== id);
    const nameless = JSON.stringify(place).replaceAll(
      new RegExp(`\\{"id":${id},"name":"[^"]*","displayName":(?:null|"[^"]*")\\}`, 'g'),
      JSON.stringify({ id, name: DELETED_NAME, displayName: null } satisfies Person),
    );
    Object.assign(place, JSON.parse(nameless));
    for (const people of [place.view.people, place.members])
      people.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
