import { describe, expect, it } from 'vitest';
import { conversationPath } from '#app/_live/places.ts';
import {
  conversationAt,
  messageIdOf,
  messagePath,
  placeOf,
  threadIdOf,
  threadPath,
} from '#app/chat/_shell/place.ts';
import { direct, ME, privateChannel, view } from '#tests/support/conversation-views';

const general = view({ id: 1, name: 'general', position: 1 });
const odd = view({ id: 2, name: 'a/b, c', position: 0 });
const project = privateChannel({ id: 3 });
const alice = direct({ id: 4 }, 'alice');
const group = direct({ id: 5 }, 'bob', 'Alice');
const all = [general, odd, project, alice, group];
const at = (path: string, last: number | null = null) => {
  const place = placeOf(path);
  return place && conversationAt(place, all, { id: ME.id, last });
};

describe('an address', () => {
  it.each([
    ['/', { kind: 'home' }],
    ['/chat', { kind: 'list' }],
    ['/chat/general', { kind: 'public', name: 'general' }],
    ['/chat/settings', { kind: 'public', name: 'settings' }],
    ['/chat/private/12', { kind: 'private', conversationId: 12 }],
    ['/chat/dm/alice,bob', { kind: 'direct', names: ['alice', 'bob'] }],
    ['/chat/dm/alice%2Cbob', { kind: 'direct', names: ['alice', 'bob'] }],
    ['/chat/settings/security', { kind: 'settings', tab: 'security' }],
    ['/chat/admin/users', { kind: 'admin', tab: 'users' }],
    ['/chat/admin', { kind: 'public', name: 'admin' }],
    ['/chat/all/mentions', { kind: 'mentions' }],
    ['/chat/all/threads', { kind: 'threads' }],
    ['/chat/general/thread/12', { kind: 'public', name: 'general' }],
    ['/chat/private/12/thread/13', { kind: 'private', conversationId: 12 }],
  ])('%s is a place', (path, place) => expect(placeOf(path)).toEqual(place));

  it.each([
    '/elsewhere',
    '/chat/',
    '/chat/general/12',
    '/chat/general/thread/0',
    '/chat/general/thread/x',
    '/chat/general/thread/1/2',
    '/chat/all/mentions/thread/1',
    '/chat/settings/profile/thread/1',
    '/thread/1',
    '/chat/private/x',
    '/chat/private/0',
    '/chat/dm/,',
    '/chat/settings/nothing',
    '/chat/admin/nothing',
    '/chat/all/else',
    '/chat/a/b/c',
    '/chat/%zz',
  ])('%s is none', (path) => expect(placeOf(path)).toBeNull());

  it.each(all.map((conversation) => [conversationPath(conversation, ME.id), conversation] as const))(
    '%s leads back to the conversation it was made for',
    (path, conversation) => expect(at(path)).toBe(conversation),
  );

  it('takes the people of a direct conversation in any order, and in no other spelling', () => {
    expect(at('/chat/dm/bob,Alice')).toBe(group);
    expect(at('/chat/dm/bob,alice')).toBeNull();
  });

  it('of home means what was read last, else the first public channel', () => {
    expect(at('/', 5)).toBe(group);
    expect(at('/', 99)).toBe(odd);
    expect(at('/chat', null)).toBe(odd);
  });

  it('of a renamed channel is its new name', () => {
    const renamed = view({ id: 1, name: 'lobby' });
    const find = (path: string) => {
      const place = placeOf(path);
      return place && conversationAt(place, [renamed], { id: ME.id, last: null });
    };
    expect(conversationPath(renamed, ME.id)).toBe('/chat/lobby');
    expect(find('/chat/lobby')).toBe(renamed);
    expect(find('/chat/general')).toBeNull();
  });

  it('of a thread says which one, and in which conversation', () => {
    const path = threadPath(project, ME.id, 12);
    expect(path).toBe('/chat/private/3/thread/12');
    expect(at(path)).toBe(project);
    expect(threadIdOf(path)).toBe(12);
    expect(threadIdOf('/chat/general')).toBeNull();
    expect(messagePath(general, ME.id, { id: 9, threadRootId: 7 })).toBe('/chat/general/thread/7?message=9');
  });

  it('points at a message when it says so', () => {
    expect(messagePath(general, ME.id, { id: 7, threadRootId: null })).toBe('/chat/general?message=7');
    expect(messageIdOf('?message=7')).toBe(7);
    expect(messageIdOf('?message=-7')).toBeNull();
    expect(messageIdOf('')).toBeNull();
  });
});
