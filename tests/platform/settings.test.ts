import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { env, parseEnvironment, publicUrl } from '#server/platform/env';
import {
  createSettingsFile,
  loginSettings,
  rewriteSettingsFile,
  Settings,
  settingsFaults,
  settingsFile,
} from '#server/platform/settings';

const write = (content: string) => writeFileSync(settingsFile(), content);

describe('the settings', () => {
  it('ship with five channels, and with one when the key is missing', () => {
    env().SETTINGS_FILE = join(env().DATA_DIR, 'new.json');
    expect(createSettingsFile()).toBe(true);
    expect(createSettingsFile()).toBe(false);
    expect(loginSettings().channels).toEqual(['general', 'software', 'firmware', 'systems', 'off-topic']);
    expect(Settings.parse({}).channels).toEqual(['general']);
    env().SETTINGS_FILE = undefined;
  });

  it('are never written with a secret in them, given or not', () => {
    env().SETTINGS_FILE = join(env().DATA_DIR, 'without-secrets.json');
    env().EMAIL_PASSWORD = 'hunter2hunter2';
    createSettingsFile();
    const written = JSON.parse(readFileSync(settingsFile(), 'utf8'));
    expect(written).toMatchObject({
      auth: { authMode: 'password' },
      email: { host: '' },
      oauth: { custom: [] },
    });
    expect(JSON.stringify(written)).not.toMatch(/hunter2|secret"|password":|initialUser/i);
    expect(settingsFaults()).toEqual([]);
    expect(loginSettings().email.password).toBe('hunter2hunter2');
    env().EMAIL_PASSWORD = undefined;
    env().SETTINGS_FILE = undefined;
  });

  it('replace an unusable value by its default and name the key', () => {
    write(
      JSON.stringify({
        max_login_attempts: 'many',
        lockout_duration_minutes: 0,
        colour: 'red',
        stun_port: 1,
      }),
    );
    expect(loginSettings()).toMatchObject({
      max_login_attempts: 5,
      lockout_duration_minutes: 15,
      stun_port: 1,
    });
    expect(settingsFaults()).toEqual(['max_login_attempts', 'lockout_duration_minutes', 'colour']);
  });

  it('are looked at key by key inside an object as well', () => {
    write(
      '{"server": {"allowedDomains": ["*"], "rateLimit": {"enabled": false, "requestsPerMinute": -1}, "x": 1}}',
    );
    expect(loginSettings().server).toEqual({
      allowedDomains: ['*'],
      rateLimit: { enabled: false, requestsPerMinute: 100 },
    });
    expect(settingsFaults()).toEqual(['server.rateLimit.requestsPerMinute', 'server.x']);
    write('{"server": 5, "stun_port": 1}');
    expect(loginSettings().server.allowedDomains).toEqual(['http://127.0.0.1:8000']);
    expect(settingsFaults()).toEqual(['server']);
  });

  it('take the default of one key inside another, and name it by its path', () => {
    const custom = {
      id: 'home',
      name: 'Home',
      clientId: 'parley',
      clientSecret: 'x',
      authorizationUrl: 'https://id.example/authorize',
      tokenUrl: 'https://id.example/token',
      userInfoUrl: 'https://id.example/me',
      scopes: ['openid', 'email'],
    };
    write(
      JSON.stringify({
        auth: { authMode: 'none', jwtExpirySeconds: 60, colour: 'red', appUrl: 'https://chat.example/' },
        email: 'no',
        server: { rateLimit: { enabled: 'perhaps', requestsPerMinute: 7 } },
        oauth: { presets: { google: { clientId: 'a' } }, custom: [{ id: 'broken' }, custom] },
      }),
    );
    const { auth, email, server, oauth } = loginSettings();
    expect(auth).toMatchObject({
      authMode: 'password',
      jwtExpirySeconds: 60,
      appUrl: 'https://chat.example',
      maxActiveSessions: 3,
    });
    expect(email).toMatchObject({ port: 465, secure: true, maxRetries: 2 });
    expect(server.rateLimit).toEqual({ enabled: true, requestsPerMinute: 7 });
    expect(oauth.presets.google).toBeUndefined();
    expect(oauth.custom).toMatchObject([{ id: 'home', scopes: 'openid email' }]);
    expect(settingsFaults()).toEqual([
      'auth.authMode',
      'auth.colour',
      'email',
      'server.rateLimit.enabled',
      'oauth.presets.google',
      'oauth.custom',
    ]);
  });

  it('take from the environment what the file leaves out or empty', () => {
    Object.assign(env(), { EMAIL_HOST: 'mail.example', APP_URL: 'https://app.example/' });
    write('{"email": {"host": "", "user": "parley"}, "auth": 5}');
    expect(loginSettings().email).toMatchObject({ host: 'mail.example', user: 'parley' });
    expect(loginSettings().auth.appUrl).toBe('https://app.example');
    write('{"email": {"host": "other.example"}}');
    expect(loginSettings().email.host).toBe('other.example');
    Object.assign(env(), { EMAIL_HOST: undefined, APP_URL: undefined });
  });

  it('are rewritten as a whole, with what nobody knows in them and with their rights', () => {
    write('{"mine": {"a": 1}, "channels": ["general"]}');
    chmodSync(settingsFile(), 0o640);
    rewriteSettingsFile((given) => ({ ...given, auth: { isInviteRequired: true } }));
    expect(JSON.parse(readFileSync(settingsFile(), 'utf8'))).toEqual({
      mine: { a: 1 },
      channels: ['general'],
      auth: { isInviteRequired: true },
    });
    expect(statSync(settingsFile()).mode & 0o777).toBe(0o640);
    expect(readdirSync(env().DATA_DIR).filter((name) => /settings\.json\./.test(name))).toEqual([]);
    expect(loginSettings().auth.isInviteRequired).toBe(true);
  });

  it('hold their last good login keys while somebody edits the file', () => {
    write('{"max_login_attempts": 9}');
    expect(loginSettings().max_login_attempts).toBe(9);
    write('{"max_login_attempts": 10');
    expect(loginSettings().max_login_attempts).toBe(9);
    write('{"max_login_attempts": 11 }');
    expect(loginSettings().max_login_attempts).toBe(11);
  });
});

describe('the environment', () => {
  it('counts an empty variable as absent', () => {
    expect(parseEnvironment({ DATABASE_URL: '', PORT: '' })).toMatchObject({ PORT: 3000 });
  });

  it('is refused with every fault in one message', () => {
    const parse = () =>
      parseEnvironment({ PORT: 'ninety', DATABASE_URL: 'mysql://x', TRUST_PROXY: 'perhaps' });
    expect(parse).toThrow(/PORT: [\s\S]*DATABASE_URL: must start with postgresql[\s\S]*TRUST_PROXY/);
  });

  it('says where people reach the server, by default where it listens', () => {
    expect(publicUrl()).toBe('http://127.0.0.1:3000');
    env().PUBLIC_URL = 'https://chat.example/';
    expect(publicUrl()).toBe('https://chat.example');
    env().PUBLIC_URL = undefined;
    expect(() => parseEnvironment({ PUBLIC_URL: 'https://chat.example/parley' })).toThrow(/PUBLIC_URL/);
  });
});
