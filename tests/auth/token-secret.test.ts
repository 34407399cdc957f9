import { beforeEach, expect, it, vi } from 'vitest';
import { sessionSecret } from '#server/auth/session-secret';
import { settings } from '#server/platform/settings';

/** A process that has not asked for its secret yet. */
async function secretOfNewProcess(jwtSecret: string | null): Promise<string> {
  settings().auth.jwtSecret = jwtSecret;
  vi.doMock('#server/platform/process-singleton', () => ({
    processSingleton: <T>(_name: string, make: () => T) => make(),
  }));
  vi.doMock('#server/platform/settings', () => ({ settings }));
  vi.doMock('#server/auth/session-secret', () => ({ sessionSecret }));
  const { tokenSecret } = await import('#server/auth/token-secret');
  return Buffer.from(tokenSecret()).toString('latin1');
}

beforeEach(() => void vi.resetModules());

it('tokens are signed with the secret of the settings', async () => {
  const secret = 'a secret of more than thirty-two characters';
  expect(await secretOfNewProcess(secret)).toBe(secret);
});

it('without one they are signed with one derived from the cookies’, always the same and another', async () => {
  const [first, second] = [await secretOfNewProcess(null), await secretOfNewProcess(null)];
  expect(first).toHaveLength(32);
  expect(first).toBe(second);
  expect(sessionSecret()).not.toContain(first);
});
