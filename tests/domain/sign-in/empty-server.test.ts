import { beforeAll, expect, it } from 'vitest';
import { signUp } from '#server/domain/accounts/sign-up';
import { BROWSER, openChannels, PASSWORD } from '#tests/support/people';
import { changeSettingsFile } from '#tests/support/settings';

beforeAll(() => openChannels('general'));

it('an empty server lets exactly one in without an invitation, who owns it', async () => {
  changeSettingsFile({ auth: { isInviteRequired: true } });
  const join = (username: string) =>
    signUp({ username, password: PASSWORD, confirmation: PASSWORD }, BROWSER);
  const outcomes = await Promise.allSettled(['ada', 'bea', 'cleo'].map(join));
  const joined = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value.account : []));
  expect(joined).toMatchObject([{ role: 'owner' }]);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ reason: 'invite_required' });
  }
});
