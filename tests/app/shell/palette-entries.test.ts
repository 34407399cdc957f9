import { expect, it } from 'vitest';
import type { AccountView } from '#app/_live/model.ts';
import { findEntries, paletteEntries } from '#app/chat/_shell/palette/palette-entries.ts';
import { direct, ME, view } from '#tests/support/conversation-views';

const account = (id: number, username: string): AccountView => {
  return {
    id,
    username,
    displayName: null,
    role: 'member',
    nameColor: null,
    avatarFile: null,
    bio: null,
    createdAt: 0,
  };
};
const accounts = [account(ME.id, ME.name), account(100, 'alice'), account(200, 'bob')];
const conversations = [
  view({ id: 1, name: 'general', lastSentAt: 5 }),
  view({ id: 2, name: 'general-old', lastSentAt: 9 }),
  direct({ id: 3, lastSentAt: 7, unread: 1 }, 'alice'),
];
const entries = paletteEntries(conversations, accounts, ME.id);
const names = (query: string) => findEntries(entries, query).map(({ name }) => name);

it('offers everybody once: by the conversation with them, or as a person', () => {
  expect(entries.filter(({ name }) => name === 'alice').map(({ kind }) => kind)).toEqual(['direct']);
  expect(entries.filter(({ name }) => name === 'bob').map(({ kind }) => kind)).toEqual(['person']);
  expect(entries.some(({ name }) => name === ME.name)).toBe(false);
});

it('shows unread and recent places first while nothing is typed', () => {
  expect(names('').slice(0, 3)).toEqual(['alice', 'general-old', 'general']);
});

it('prefers the shorter of two names that begin the same', () => {
  expect(names('gen')[0]).toBe('general');
});

it('finds commands', () => {
  expect(names('settings sec')[0]).toBe('Settings: security');
});

it('offers the administration to those who have one', () => {
  expect(entries.some(({ name }) => name.startsWith('Administration'))).toBe(false);
  const promoted = accounts.map((one) => (one.id === ME.id ? { ...one, role: 'admin' as const } : one));
  const offered = paletteEntries(conversations, promoted, ME.id);
  expect(findEntries(offered, 'administration aud')[0]?.target).toEqual({ href: '/chat/admin/audit' });
});
