import type { LiveActions } from '#app/_live/actions.ts';
import { withRemoval } from '#app/_live/apply-conversations.ts';
import { withThreadChanges } from '#app/_live/apply-threads.ts';
import type { Backend } from '#app/_live/backend.ts';
import { newClientKey } from '#app/_live/client-key.ts';
import type { Message, Person } from '#app/_live/model.ts';
import type { Outbox } from '#app/_live/outbox.ts';
import { personOf } from '#app/_live/person.ts';
import { createReadMarks } from '#app/_live/read-marks.ts';
import { type LiveState, withEntry } from '#app/_live/state.ts';
import type { Store } from '#app/_live/store.ts';
import type { Threads } from '#app/_live/threads.ts';
import { findById, withChange } from '#app/_live/timeline-window.ts';
import type { Timelines } from '#app/_live/timelines.ts';

/** A person types faster than others need to know; the server forgets a ping after five seconds. */
const TYPING_EVERY_MS = 2_000;

type Needs = {
  store: Store<LiveState>;
  backend: Backend;
  timelines: Timelines;
  threads: Threads;
  outbox: Outbox;
};

export function createActions({ store, backend, timelines, threads, outbox }: Needs): LiveActions {
  const markRead = createReadMarks(store, backend);
  const asked = new Set<number>();
  let lastTyping = { conversationId: 0, at: 0 };

  /** Shows what a command answered, which may be before the stream does. */
  const show = (message: Message) =>
    store.update((before) => {
      const state = withThreadChanges(before, [message]);
      const timeline = state.timelines.get(message.conversationId);
      if (!timeline) return state;
      const next = withChange(timeline, message);
      return { ...state, timelines: withEntry(state.timelines, message.conversationId, next) };
    });

  const fetchConversation = async (id: number) => {
    const view = await backend.findConversation(id);
    store.update((state) => ({ ...state, conversations: withEntry(state.conversations, id, view) }));
    return id;
  };

  const setHidden = (id: number, hidden: boolean) =>
    store.update((state) => {
      const view = state.conversations.get(id);
      if (!view) return state;
      return { ...state, conversations: withEntry(state.conversations, id, { ...view, hidden }) };
    });

  return {
    openTimeline: timelines.openTimeline,
    loadOlder: timelines.loadOlder,
    loadNewer: timelines.loadNewer,
    showLatest: timelines.showLatest,
    openThread: threads.openThread,
    loadOlderReplies: threads.loadOlderReplies,
    listThreads: threads.listThreads,
    markThreadRead: threads.markThreadRead,
    followThread: threads.followThread,

    async loadQuoted(messageId) {
      if (asked.has(messageId)) return;
      asked.add(messageId);
      try {
        const message = await backend.findMessage(messageId);
        store.update((state) => ({ ...state, quoted: withEntry(state.quoted, messageId, message) }));
      } catch {
        // Not `withEntry`, whose null takes an entry out: here null is what is known.
        store.update((state) => ({ ...state, quoted: new Map(state.quoted).set(messageId, null) }));
      } finally {
        asked.delete(messageId);
      }
    },

    sendMessage({
      conversationId,
      text,
      files = [],
      replyToId = null,
      threadRootId = null,
      alsoInChannel = false,
    }) {
      lastTyping = { conversationId: 0, at: 0 };
      outbox.add({
        clientKey: newClientKey(),
        conversationId,
        text,
        files,
        replyToId,
        threadRootId,
        alsoInChannel,
        writtenAt: nextStamp(),
      });
      if (threadRootId === null) void timelines.showLatest(conversationId);
    },
    retry: outbox.retry,
    discard: outbox.discard,

    async editMessage(messageId, text) {
      show(await backend.editMessage(messageId, text));
    },
    async deleteMessage(messageId) {
      show(await backend.deleteMessage(messageId));
    },
    async setPinned(messageId, pinned) {
      show(await backend.setPinned(messageId, pinned));
    },
    async react(messageId, emoji) {
      const known = findLoaded(store.get(), messageId);
      const me = personOf(store.get().me);
      const people = known?.reactions.find((reaction) => reaction.emoji === emoji)?.people ?? [];
      const on = !people.some((person) => person.id === me.id);
      if (known) show(withReaction(known, emoji, me, on));
      try {
        show(await backend.setReaction(messageId, emoji, on));
      } catch (error) {
        if (known) show({ ...known, changedAt: known.changedAt + UNDO });
        throw error;
      }
    },

    markRead,
    async markUnread(conversationId, seq) {
      await backend.markUnread(conversationId, seq);
    },
    reportTyping(conversationId) {
      const now = Date.now();
      if (lastTyping.conversationId === conversationId && now - lastTyping.at < TYPING_EVERY_MS) return;
      lastTyping = { conversationId, at: now };
      backend.reportTyping(conversationId).catch(() => {});
    },

    async hideConversation(conversationId) {
      setHidden(conversationId, true);
      try {
        await backend.hideConversation(conversationId);
      } catch (error) {
        setHidden(conversationId, false);
        throw error;
      }
    },
    async openDirect(accountIds) {
      return fetchConversation(await backend.openDirect(accountIds));
    },
    async createPrivateChannel(input) {
      return fetchConversation(await backend.createPrivateChannel(input));
    },
    async renameConversation(conversationId, name) {
      await backend.renameConversation(conversationId, name);
      await fetchConversation(conversationId);
    },
    async addMember(conversationId, username) {
      await backend.addMember(conversationId, username);
      await fetchConversation(conversationId);
    },
    async leaveConversation(conversationId) {
      await backend.leaveConversation(conversationId);
      store.update((state) => withRemoval(state, conversationId));
    },
  };
}

let lastStamp = 0;

/** The clock, but never the same twice: what was left unsent is taken up in the order of these. */
function nextStamp(): number {
  lastStamp = Math.max(Date.now(), lastStamp + 1);
  return lastStamp;
}

/** Makes a guess, or its withdrawal, newer than what it changes and older than any answer of the server. */
const GUESS = 0.25;
const UNDO = 0.5;

function withReaction(message: Message, emoji: string, me: Person, on: boolean): Message {
  const known = message.reactions.some((reaction) => reaction.emoji === emoji);
  const reactions = on && !known ? [...message.reactions, { emoji, people: [] }] : message.reactions;
  return {
    ...message,
    changedAt: message.changedAt + GUESS,
    reactions: reactions
      .map((reaction) => {
        if (reaction.emoji !== emoji) return reaction;
        const others = reaction.people.filter((person) => person.id !== me.id);
        return { emoji, people: on ? [...others, me] : others };
      })
      .filter((reaction) => reaction.people.length > 0),
  };
}

function findLoaded(state: LiveState, messageId: number): Message | null {
  for (const { messages } of state.timelines.values()) {
    const message = findById(messages, messageId);
    if (message) return message;
  }
  for (const { root, replies } of state.threads.values()) {
    const message = root?.id === messageId ? root : findById(replies, messageId);
    if (message) return message;
  }
  return null;
}
