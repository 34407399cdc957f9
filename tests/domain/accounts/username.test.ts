import { describe, expect, it } from 'vitest';
import { usernameProblem } from '#server/domain/accounts/username';

describe('a username', () => {
  it.each(['a', 'A-b_9', 'x'.repeat(32), '-', 'minimost2'])('may be %j', (username) => {
    expect(usernameProblem(username)).toBeNull();
  });

  it.each(['minimost', 'EveryOne', 'DELETEDUSER', 'System'])('is not %s, which is reserved', (username) => {
    expect(usernameProblem(username)).toBe('username_reserved');
  });

  it.each(['x'.repeat(33), 'a b', 'a.b', 'a:b', 'zoë', 'a\0', 'a\n', '@a'])('is not %j', (username) => {
    expect(usernameProblem(username)).toBe('username_pattern');
  });

  it('is not blank', () => {
    expect(usernameProblem('')).toBe('blank');
  });
});
