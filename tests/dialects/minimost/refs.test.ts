import { describe, expect, test } from 'vitest';
import { MessageIdParam, parseChannel, parsePrivateId } from '#server/dialects/minimost/refs';

describe('a channel identifier', () => {
  test.each([
    ['general', { kind: 'public', name: 'general' }],
    ['', { kind: 'public', name: '' }],
    ['DM:alice:bob', { kind: 'public', name: 'DM:alice:bob' }],
    ['private:3', { kind: 'private', id: 3 }],
    ['private:03', { kind: 'private', id: 3 }],
    ['private:', { kind: 'private', id: null }],
    ['private:0', { kind: 'private', id: null }],
    ['private:x', { kind: 'private', id: null }],
    ['private:3:4', { kind: 'private', id: null }],
    ['private:99999999999999999999', { kind: 'private', id: null }],
    ['dm:alice:bob', { kind: 'direct', usernames: ['alice', 'bob'] }],
    ['dm:bob:alice', { kind: 'direct', usernames: ['alice', 'bob'] }],
    ['dm:alice:Bob:alice', { kind: 'direct', usernames: ['Bob', 'alice'] }],
    ['dm::alice:', { kind: 'direct', usernames: ['alice'] }],
    ['dm:', { kind: 'direct', usernames: [] }],
  ])('%j', (written, parsed) => {
    expect(parseChannel(written)).toEqual(parsed);
  });
});

test('a private channel goes by its number with and without its prefix', () => {
  expect(parsePrivateId('private:3')).toBe(3);
  expect(parsePrivateId('3')).toBe(3);
  for (const written of ['', 'private', 'private:', '-3', '3.0', 'general']) {
    expect(parsePrivateId(written), written).toBeNull();
  }
});

test('a message id is decimal digits; too large a number is a missing message', () => {
  expect(MessageIdParam.safeParse('41').data).toBe(41);
  expect(MessageIdParam.safeParse('9'.repeat(40)).data).toBe(Number.MAX_SAFE_INTEGER);
  for (const written of ['', 'abc', '-1', '1.5', '0x1', '1e3', ' 1']) {
    expect(MessageIdParam.safeParse(written).success, written).toBe(false);
  }
});
