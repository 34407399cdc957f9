import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnsafeMode } from '#server/domain/sign-in/auth-mode';
import { changeSignInSettings, readSignInSettings } from '#server/domain/sign-in/sign-in-settings';
import { signInWays } from '#server/domain/sign-in/sign-in-ways';
import { env } from '#server/platform/env';
import { settingsFile } from '#server/platform/settings';
import { eventsOf } from '#tests/support/events';
import { newcomers, openChannels } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';
import { changeSettingsFile } from '#tests/support/settings';

let owner: Actor;
let member: Actor;
const file = () => JSON.parse(readFileSync(settingsFile(), 'utf8'));

beforeAll(async () => {
  await openChannels('general');
  [owner, member] = await newcomers('olivia', 'mia');
});

describe('how people sign in', () => {
  it('is an administrator’s to change, holds at once, and leaves the rest of the file alone', async () => {
    changeSettingsFile({ auth: { maxActiveSessions: 7 }, ...{ mine: 1 } });
    const events = await eventsOf(() =>
      changeSignInSettings(owner, { authMode: 'magic-link', appUrl: 'https://client.example/' }),
    );
    expect(events.map(({ type }) => type)).toEqual(['server_changed']);
    expect(await readSignInSettings(owner)).toEqual({
      authMode: 'magic-link',
      isInviteRequired: false,
      appUrl: 'https://client.example',
    });
    expect(signInWays()).toMatchObject({ mode: 'magic-link', registrationEnabled: false });
    expect(file()).toMatchObject({ mine: 1, auth: { maxActiveSessions: 7, authMode: 'magic-link' } });
  });

  it('is changed by nobody else, and to nothing that makes no sense', async () => {
    const before = file();
    const change = (actor: Actor, changes: object) => refusalOf(changeSignInSettings(actor, changes));
    expect(await change(member, { isInviteRequired: true })).toBe('forbidden/not_an_administrator');
    expect(await refusalOf(readSignInSettings(member))).toBe('forbidden/not_an_administrator');
    expect(await change(owner, { authMode: 'none' })).toBe('invalid/auth_mode');
    expect(await change(owner, { appUrl: 'javascript:alert(1)' })).toBe('invalid/app_url');
    env().NODE_ENV = 'production';
    expect(await change(owner, { authMode: 'dev' })).toBe('invalid/auth_mode');
    env().NODE_ENV = 'test';
    expect(file()).toEqual(before);
  });

  it('is told to everybody without secrets', () => {
    changeSettingsFile({
      auth: {},
      email: { host: 'mail.example', password: 'hunter2' },
      oauth: { presets: { github: { clientId: 'id', clientSecret: 'hunter2' } } },
    });
    expect(signInWays()).toEqual({
      mode: 'password',
      hasEmail: true,
      isInviteRequired: false,
      oauthEnabled: true,
      passwordResetEnabled: true,
      registrationEnabled: true,
      providers: [{ id: 'github', name: 'GitHub' }],
    });
  });

  it('without proof stops production from starting', () => {
    changeSettingsFile({ auth: { authMode: 'dev' } });
    expect(() => refuseUnsafeMode()).not.toThrow();
    env().NODE_ENV = 'production';
    expect(() => refuseUnsafeMode()).toThrow('auth.authMode is "dev"');
    expect(signInWays().mode).toBe('password');
    env().NODE_ENV = 'test';
  });
});
