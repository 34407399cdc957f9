import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { seriousFindings, stillness } from './axe.ts';
import { expect, test } from './fixtures.ts';

const TABS = ['users', 'channels', 'webhooks', 'server', 'mail', 'audit'];

/** A page of the administration that has come to life: clicks before that are lost. */
async function openTab(page: Page, tab: string): Promise<void> {
  // the channels need not be asked for, so nothing tells when their page lives
  await page.goto(`/chat/admin/${tab === 'channels' ? 'users' : tab}`);
  const answered = page.locator('main ul[aria-busy="false"], main [role="radio"]');
  await expect(answered.first()).toBeAttached();
  if (tab === 'channels') await page.getByRole('link', { name: 'Channels', exact: true }).click();
}

const unique = (name: string) => `${name}-${randomBytes(3).toString('hex')}`;

test('a channel that an administrator adds, renames and deletes is so for everybody at once', async ({
  administrator,
  person,
  expectConsole,
}) => {
  // a name that is taken
  expectConsole(/409/);
  const [{ page }, bob] = [await administrator('owner'), await person('bob')];
  const [first, second] = [unique('launch'), unique('moon')];
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Administration' }).click();
  await expect(page).toHaveURL('/chat/admin/users');
  await page.getByRole('link', { name: 'Channels', exact: true }).click();

  await page.getByRole('button', { name: 'Add channel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add channel' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('general');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByRole('alert')).toHaveText('There is a channel of that name already.');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(first);
  await dialog.getByRole('textbox', { name: 'Topic' }).fill('To the moon');
  await dialog.getByRole('textbox', { name: 'Topic' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('list', { name: 'Channels' }).getByText('To the moon')).toBeVisible();

  await bob.page.getByRole('link', { name: first }).click();
  await expect(bob.page.getByRole('textbox', { name: `Message ${first}` })).toBeVisible();
  await page.getByRole('button', { name: `Edit ${first}` }).click();
  const edit = page.getByRole('dialog', { name: `Edit ${first}` });
  await edit.getByRole('textbox', { name: 'Name' }).fill(second);
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(bob.page.getByRole('link', { name: second })).toBeVisible();

  await bob.page.goto(`/chat/${second}`);
  await expect(bob.page.getByRole('textbox', { name: `Message ${second}` })).toBeVisible();
  await page.getByRole('button', { name: `Delete ${second}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(bob.page.getByRole('link', { name: second })).toBeHidden();
  await expect(bob.page.getByRole('heading', { name: 'Not found' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete general' })).toBeDisabled();
});

test('the name of the server stands above everybody’s conversations', async ({ administrator, person }) => {
  const [{ page }, bob] = [await administrator('owner'), await person('bob')];
  const name = unique('Lighthouse');
  await openTab(page, 'server');
  await page.getByRole('textbox', { name: 'Server name' }).fill(name);
  await page.getByRole('button', { name: 'Rename server' }).click();
  await expect(bob.page.getByText(name)).toBeVisible();
  await bob.page.reload();
  await expect(bob.page.getByText(name)).toBeVisible();
});

test('whoever is removed is signed out at once, and whoever is promoted finds the administration', async ({
  administrator,
  person,
  expectConsole,
}) => {
  // what the page of the removed still asks for
  expectConsole(/401/);
  const owner = await administrator('owner');
  const [bob, carol] = [await person('bob'), await person('carol')];
  const { page } = owner;
  await openTab(page, 'users');
  const people = page.getByRole('list', { name: 'People' });

  await page.getByRole('searchbox', { name: 'Search people' }).fill(carol.name);
  await expect(people.getByRole('listitem')).toHaveCount(1);
  await page.getByRole('button', { name: `Actions for ${carol.name}` }).click();
  await page.getByRole('menuitem', { name: 'Make administrator' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make administrator' }).click();
  await expect(people.getByText('Administrator', { exact: true })).toBeVisible();
  await carol.page.getByRole('button', { name: 'Account menu' }).click();
  await expect(carol.page.getByRole('menuitem', { name: 'Administration' })).toBeVisible();

  await page.getByRole('searchbox', { name: 'Search people' }).fill(bob.name);
  await page.getByRole('button', { name: `Actions for ${bob.name}` }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(bob.page).toHaveURL(/\/login/);
  await expect(page.getByText('Nobody found')).toBeVisible();
  const answer = await bob.context.request.get('/channels', { maxRedirects: 0 });
  expect(answer.status()).toBe(302);

  await page.getByRole('link', { name: 'Audit log' }).click();
  const log = page.getByRole('list', { name: 'Audit log' });
  await expect(log.getByText(`removed ${bob.name}`)).toBeVisible();
  await page.getByRole('combobox', { name: 'Action' }).selectOption('Role changed');
  await expect(log.getByText(`made ${carol.name} administrator`)).toBeVisible();
  await expect(log.getByText(`removed ${bob.name}`)).toBeHidden();
});

test('a webhook shows its token once, and what is posted with it appears', async ({
  administrator,
  person,
}) => {
  const { page, context } = await administrator('owner');
  const bob = await person('bob');
  await bob.page.goto('/chat/software');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const name = unique('CI');
  await openTab(page, 'webhooks');
  await page.getByRole('button', { name: 'Create webhook' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create webhook' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('combobox', { name: 'Channel' }).selectOption('software');
  await dialog.getByRole('button', { name: 'Create' }).click();

  const ready = page.getByRole('dialog', { name: `${name} is ready` });
  const token = await ready.getByRole('textbox', { name: 'Token' }).inputValue();
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  await ready.getByRole('button', { name: 'Copy token' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  await expect(ready.getByRole('textbox', { name: 'Example' })).toHaveValue(new RegExp(`Bearer ${token}`));
  const example = await ready.getByRole('textbox', { name: 'Example' }).inputValue();
  const address = /curl -X POST (\S+)/.exec(example)?.[1] as string;
  const post = () =>
    bob.context.request.post(address, {
      headers: { authorization: `Bearer ${token}` },
      data: { content: `build of ${name} is green` },
    });
  expect((await post()).status()).toBe(200);
  const posted = bob.page.getByRole('article').filter({ hasText: `build of ${name} is green` });
  await expect(posted).toContainText(name);
  await ready.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('list', { name: 'Webhooks' }).getByText(name, { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('list', { name: 'Webhooks' }).getByText(name, { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(token);

  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText(name, { exact: true })).toBeHidden();
  expect((await post()).status()).toBe(401);
});

test('somebody is added by address, and gets another password', async ({
  administrator,
  browser,
  baseURL,
}) => {
  const { page } = await administrator('owner');
  const local = unique('dora');
  await openTab(page, 'users');
  await page.getByRole('button', { name: 'Add person' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add person' });
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill(`${local}@example.com`);
  await dialog.getByLabel('Password (optional)').fill('short words');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog).toBeHidden();
  const people = page.getByRole('list', { name: 'People' });
  await expect(people.getByText(`${local}@example.com`)).toBeVisible();

  await page.getByRole('button', { name: `Actions for ${local}` }).click();
  await page.getByRole('menuitem', { name: 'Reset password' }).click();
  const reset = page.getByRole('dialog', { name: `Reset the password of ${local}` });
  await reset.getByLabel('New password').fill('a longer phrase');
  await reset.getByRole('button', { name: 'Reset password' }).click();
  await expect(reset).toBeHidden();

  const context = await browser.newContext({ baseURL });
  const signIn = (password: string) =>
    context.request.post('/login', { form: { username: local, password }, maxRedirects: 0 });
  expect((await signIn('a longer phrase')).status()).toBe(302);
  await context.close();
});

test('an invitation waits under Mail where no mail server is, with its link', async ({ administrator }) => {
  const { page } = await administrator('owner');
  const address = `${unique('erin')}@example.com`;
  await openTab(page, 'users');
  await page.getByRole('button', { name: 'Add person' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add person' });
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill(address);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('link', { name: 'Mail' }).click();
  await page.getByRole('list', { name: 'Mail' }).getByText(address).click();
  await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/\/login\/password\?token=/);
});

test('the export is one file, for administrators', async ({ administrator, person }) => {
  const { page } = await administrator('owner');
  await openTab(page, 'server');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download export' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^parley-export-\d{4}-\d\d-\d\d\.json$/);
  const member = await person('member');
  expect((await member.context.request.get('/api/server-export')).status()).toBe(403);
});

test('a member finds no administration', async ({ person }) => {
  const { page } = await person('member');
  await page.getByRole('button', { name: 'Account menu' }).click();
  await expect(page.getByRole('menuitem', { name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Administration' })).toBeHidden();
  for (const tab of TABS) {
    await page.goto(`/chat/admin/${tab}`);
    await expect(page.getByRole('heading', { name: 'Not found' })).toBeVisible();
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the administration, ${colorScheme}`, async ({ administrator }) => {
    const { page } = await administrator('axe', { colorScheme });
    const check = async (what: string) => {
      await stillness(page);
      expect(await seriousFindings(page), what).toEqual([]);
    };
    for (const tab of TABS) {
      await openTab(page, tab);
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await check(tab);
    }
    await openTab(page, 'webhooks');
    await page.getByRole('button', { name: 'Create webhook' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('axe');
    await check('a new webhook');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await expect(page.getByRole('textbox', { name: 'Token' })).toBeVisible();
    await check('its token');
    await openTab(page, 'channels');
    await page.getByRole('button', { name: 'Edit general' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await check('the default channel');
  });
}

test('somebody is promoted by keyboard alone, and the focus comes back', async ({
  administrator,
  person,
}) => {
  const { page } = await administrator('owner');
  const bob = await person('bob');
  await openTab(page, 'users');
  await page.getByRole('searchbox', { name: 'Search people' }).focus();
  await page.keyboard.type(bob.name);
  const actions = page.getByRole('button', { name: `Actions for ${bob.name}` });
  await expect(page.getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(actions).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  // an owner is offered "Make owner" before it
  const wanted = page.getByRole('menuitem', { name: 'Make administrator' });
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    await expect(wanted).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(actions).toBeFocused();
  await expect(page.getByText('Administrator', { exact: true })).toBeVisible();
});

test('on a phone every page fits, and leads back to the list', async ({ administrator }) => {
  const { page } = await administrator('phone', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  for (const tab of TABS) {
    await openTab(page, tab);
    await expect(
      page.getByRole('navigation', { name: 'Administration' }).locator('[aria-current]'),
    ).toBeInViewport();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, tab).toBeLessThanOrEqual(390);
    await stillness(page);
    expect(await seriousFindings(page), tab).toEqual([]);
  }
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('navigation', { name: 'Conversations' })).toBeVisible();
});
