import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { env, parseEnvironment } from '#server/platform/env';
import {
  createSettingsFile,
  loginSettings,
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
});
