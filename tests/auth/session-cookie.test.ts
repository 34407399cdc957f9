import { sealData } from 'iron-session';
import { describe, expect, it } from 'vitest';
import { clearedSessionCookie, sealSessionCookie, tokenOfCookies } from '#server/auth/session-cookie';
import { sessionSecret } from '#server/auth/session-secret';
import { newSessionToken } from '#server/domain/sessions/session-token';

async function sealed(token: string): Promise<string> {
  const [pair] = (await sealSessionCookie(token, { secure: false })).split(';');
  return pair as string;
}

describe('the session cookie', () => {
  it('is out of reach of scripts and of other sites’ forms, and of plain connections under TLS', async () => {
    const attributes = async (secure: boolean) =>
      (await sealSessionCookie('token', { secure })).split('; ').slice(1);
    expect(await attributes(false)).toEqual(['Max-Age=34560000', 'Path=/', 'HttpOnly', 'SameSite=Lax']);
    expect(await attributes(true)).toContain('Secure');
  });

  it('hides the token and gives it back', async () => {
    const token = newSessionToken();
    const cookie = await sealed(token);
    expect(cookie).toMatch(/^session=Fe26\.2\*[\w.*~-]+$/);
    expect(cookie).not.toContain(token);
    expect(await tokenOfCookies(cookie)).toBe(token);
    expect(await tokenOfCookies(`theme=dark; ${cookie};other=a=b`)).toBe(token);
  });

  it('means a visitor when it is missing, foreign or mangled', async () => {
    const cookie = await sealed(newSessionToken());
    const other = { password: 'another secret, which is long enough too', ttl: 0 };
    const strangers = [
      null,
      undefined,
      '',
      'session',
      'session=',
      'session=x',
      `session=${'x'.repeat(100_000)}`,
      'session=Fe26.2*1*2*3*4*5*6*7~2',
      'session=%00%zz',
      `x${cookie}`,
      cookie.slice(0, -6),
      cookie.replace(/.(?=~2$)/, (last) => (last === 'A' ? 'B' : 'A')),
      cookie.replace('*', '**'),
      `session=${await sealData({ token: newSessionToken() }, other)}`,
      `session=${await sealData({ token: 7 }, { password: sessionSecret(), ttl: 0 })}`,
      `session=${await sealData({}, { password: sessionSecret(), ttl: 0 })}`,
    ];
    for (const cookies of strangers) expect(await tokenOfCookies(cookies), String(cookies)).toBeNull();
  });

  it('is removed with the attributes it was set with', () => {
    expect(clearedSessionCookie({ secure: true })).toBe(
      'session=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; HttpOnly; SameSite=Lax; Secure',
    );
  });
});
