import { describe, expect, it } from 'vitest';
import { channelHrefs } from '#app/_live/places.ts';
import { direct, privateChannel, view } from '#tests/support/conversation-views';

describe('the channels a text can name', () => {
  it('are those I belong to, and no direct conversations', () => {
    const all = [
      view({ id: 1, name: 'general' }),
      privateChannel({ id: 2, name: 'plans' }),
      direct({ id: 3 }, 'bob'),
    ];
    expect(new Map(channelHrefs(all))).toEqual(
      new Map([
        ['general', '/chat/general'],
        ['plans', '/chat/private/2'],
      ]),
    );
  });

  it('of one name are the public one, else the oldest', () => {
    const groups = [privateChannel({ id: 5, name: 'plans' }), privateChannel({ id: 4, name: 'plans' })];
    expect(new Map(channelHrefs(groups)).get('plans')).toBe('/chat/private/4');
    const all = [view({ id: 9, name: 'plans' }), ...groups];
    expect(new Map(channelHrefs(all)).get('plans')).toBe('/chat/plans');
  });
});
