import type { Page } from '@playwright/test';
import { expect, type Person, test } from './fixtures.ts';

const send = async ({ context }: Person, channel: string, text: string) => {
  const answer = await context.request.post(`/send/${channel}`, { form: { text } });
  expect(answer.status()).toBe(200);
};

/** The system's notifications, written down instead of shown. */
async function recordNotifications(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const shown: string[] = [];
    class Recorder extends EventTarget {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      onclick: (() => void) | null = null;
      constructor(title: string, { body }: { body: string }) {
        super();
        shown.push(`${title}: ${body}`);
      }
      close() {}
    }
    Object.assign(window, { Notification: Recorder, shown });
  });
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Message general' })).toBeFocused();
  return () => page.evaluate(() => (window as unknown as { shown: string[] }).shown);
}

test('a mention notifies even while the page is in front, anything else does not', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await alice.page.bringToFront();
  const shown = await recordNotifications(alice.page);
  await send(bob, 'software', 'Just so you know');
  await expect(alice.page.getByRole('link', { name: /^software, \d+ unread$/ })).toBeVisible();
  expect(await shown()).toEqual([]);
  await send(bob, 'software', `Look, @${alice.name}`);
  await expect.poll(shown).toEqual([`${bob.name} in software: Look, @${alice.name}`]);
});

test('with notifications switched off there are none', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await alice.page.evaluate(() => localStorage.setItem('nativeNotifEnabled', 'false'));
  const shown = await recordNotifications(alice.page);
  await send(bob, 'software', `Look, @${alice.name}`);
  await expect(alice.page.getByRole('link', { name: 'Mentions, 1 unread' })).toBeVisible();
  expect(await shown()).toEqual([]);
});

test('the question about notifications comes with the first keys, and once', async ({ person }) => {
  const { page } = await person('shy', { permissions: [] });
  await page.addInitScript(() => {
    Object.assign(window, {
      Notification: { permission: 'default', requestPermission: async () => 'denied' },
    });
  });
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Message general' })).toBeFocused();
  const question = page.getByRole('region', { name: 'Notify me' });
  await expect(question).toBeHidden();
  await page.keyboard.type('Hello');
  await question.getByRole('button', { name: 'Not now' }).click();
  await expect(question).toBeHidden();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Message general' })).toBeFocused();
  await page.keyboard.type('Hello');
  await expect(question).toBeHidden();
});

test('others see who is here, and who has gone', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const names = [alice.name, bob.name].sort();
  await send(bob, `dm:${names.join(':')}`, 'Hi');
  const link = bob.page.getByRole('link', { name: alice.name, exact: true });
  await expect(link).toHaveAccessibleDescription('online');
  await alice.page.close({ runBeforeUnload: false });
  await expect(link).toHaveAccessibleDescription('offline');
  const back = await alice.context.newPage();
  await back.goto('/');
  await expect(link).toHaveAccessibleDescription('online');
});

test('a status chosen by hand is what others see, until it is taken back', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const names = [alice.name, bob.name].sort();
  await send(bob, `dm:${names.join(':')}`, 'Hi');
  const link = bob.page.getByRole('link', { name: alice.name, exact: true });
  await expect(link).toHaveAccessibleDescription('online');

  const menu = alice.page.getByRole('button', { name: 'Account menu' });
  const option = (name: string) => alice.page.getByRole('menuitemradio', { name, exact: true });
  await menu.click();
  await expect(option('As I am')).toBeChecked();
  await option('Away').click();
  await expect(link).toHaveAccessibleDescription('away');
  await expect(menu).toContainText('away');

  await alice.page.reload();
  await alice.page.mouse.move(200, 200);
  await menu.press('Enter');
  await expect(option('Away')).toBeChecked();
  await option('Offline').press('Enter');
  await expect(link).toHaveAccessibleDescription('offline');

  await menu.click();
  await option('As I am').click();
  await expect(link).toHaveAccessibleDescription('online');
});
