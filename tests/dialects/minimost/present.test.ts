import { describe, expect, test } from 'vitest';
import { MessageJson, presentMessage, presentReactions } from '#server/dialects/minimost/present';
import type { Message } from '#server/domain/messages/message';

const alice = { id: 1, name: 'alice', displayName: null };
const Bob = { id: 2, name: 'Bob', displayName: null };

const plain: Message = {
  id: 41,
  conversationId: 7,
  seq: 1,
  kind: 'text',
  counts: true,
  ordinal: 1,
  sender: Bob,
  bot: null,
  text: 'hi @alice',
  files: [],
  replyToId: null,
  threadRootId: null,
  thread: null,
  mentions: [],
  mentionsEveryone: false,
  reactions: [],
  clientKey: 'k',
  createdAt: 1_716_000_003_250_001,
  editedAt: null,
  reactedAt: null,
  deletedAt: null,
  pinnedAt: null,
  changedAt: 1_716_000_003_250_001,
};

function picture(name: string) {
  return {
    id: 1,
    name,
    originalName: 'a.png',
    mediaType: 'image/png',
    size: 1,
    width: 1,
    height: 1,
    createdAt: 1,
  };
}

function show(changes: Partial<Message>) {
  return presentMessage({ ...plain, ...changes }, 'general');
}

describe('a message in the API', () => {
  test('has the documented fields and nothing of its sender’s own', () => {
    expect(MessageJson.parse(show({}))).toEqual({
      id: 41,
      channel: 'general',
      sender: 'Bob',
      content: 'hi @alice',
      filename: null,
      ts: 1_716_000_003.250001,
      edited: 0,
      edited_ts: null,
      deleted: 0,
      deleted_ts: null,
      reply_to_id: null,
      reactions: null,
      reactions_ts: null,
      mentions: null,
      content_type: 'text',
    });
  });

  test('tells whom it mentions as a string of JSON', () => {
    expect(show({ mentions: [Bob, alice] }).mentions).toBe('["Bob","alice"]');
    expect(show({ mentions: [alice], mentionsEveryone: true }).mentions).toBe('["@everyone"]');
  });

  test('tells who reacted how as a string of JSON, names ascending', () => {
    const reactions = [{ emoji: '👍', people: [alice, Bob] }];
    expect(JSON.parse(show({ reactions, reactedAt: 2e15 }).reactions ?? '')).toEqual({
      thumbsup: ['Bob', 'alice'],
    });
  });

  test('is a notice of the system without a sender', () => {
    expect(show({ kind: 'notice', sender: null })).toMatchObject({
      sender: 'system',
      content_type: 'system',
    });
  });

  test('shows the first of several files and the others as lines of text', () => {
    const files = [picture('a.png'), picture('b.png'), picture('c.png')];
    expect(show({ files })).toMatchObject({
      filename: 'a.png',
      content: 'hi @alice\n/files/b.png\n/files/c.png',
    });
    expect(show({ files, text: null }).content).toBe('/files/b.png\n/files/c.png');
    expect(show({ files: [picture('a.png')], text: null })).toMatchObject({
      filename: 'a.png',
      content: null,
    });
  });

  test('shows a reply in a thread as a reply to its root', () => {
    expect(show({ threadRootId: 12, replyToId: 30 }).reply_to_id).toBe(12);
    expect(show({ replyToId: 30 }).reply_to_id).toBe(30);
  });
});

test('two spellings of one emoji are one reaction, and names like __proto__ are names', () => {
  const odd = { id: 3, name: '__proto__', displayName: null };
  const shown = presentReactions([
    { emoji: '👍', people: [alice] },
    { emoji: '👍️', people: [alice, odd] },
    { emoji: '🫎', people: [Bob] },
  ]);
  expect(JSON.stringify(shown)).toBe('{"thumbsup":["__proto__","alice"],"🫎":["Bob"]}');
});
