import { beforeAll, describe, expect, it } from 'vitest';
import { deviceOf } from '#server/auth/device';
import { requestActor } from '#server/auth/request-actor';
import { sealSessionCookie } from '#server/auth/session-cookie';
import type { Actor } from '#server/domain/kernel/actor';
import { newSessionToken } from '#server/domain/sessions/session-token';
import { signOut } from '#server/domain/sessions/sign-out';
import { newcomer, openChannels, signedInAgain } from '#tests/support/people';

let alice: Actor;
beforeAll(async () => {
  await openChannels('general');
  alice = await newcomer('alice');
});

async function headersWith(token: string): Promise<Headers> {
  const [cookie] = (await sealSessionCookie(token, { secure: false })).split(';');
  return new Headers({ cookie: cookie as string });
}

describe('who asks', () => {
  it('is whoever the cookie was sealed for, until they sign out', async () => {
    const { actor, token } = await signedInAgain(alice);
    const headers = await headersWith(token);
    expect(await requestActor(headers)).toEqual(actor);
    await signOut(actor);
    expect(await requestActor(headers)).toBeNull();
  });

  it('is nobody without a cookie, or with one for a session that never was', async () => {
    expect(await requestActor(new Headers())).toBeNull();
    expect(await requestActor(await headersWith(newSessionToken()))).toBeNull();
  });
});

describe('the device behind a request', () => {
  it('is what it calls itself, where the server saw it', () => {
    const headers = new Headers({ 'user-agent': 'curl/8' });
    expect(deviceOf('minimost', headers, '192.0.2.1')).toEqual({
      face: 'minimost',
      userAgent: 'curl/8',
      ip: '192.0.2.1',
    });
    expect(deviceOf('web', new Headers(), null)).toEqual({ face: 'web', userAgent: null, ip: null });
  });
});
