import sharp from 'sharp';
import { expect, PASSWORD, test } from './fixtures.ts';
import { openDirect } from './places.ts';

const picture = () =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: '#14a098' } })
    .png()
    .toBuffer();

test('the theme holds from the first byte of the next visit', async ({ person }) => {
  const { page, context } = await person('night');
  await page.goto('/chat/settings/appearance');
  await page.getByRole('radio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Larger' }).click();
  const html = await (await context.request.get('/chat/general')).text();
  expect(html).toContain('data-theme="dark"');
  expect(html).toContain('data-font-size="16"');
  await page.goto('/chat/general');
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(23, 25, 29)');
});

test('Enter can be told to break the line instead of sending', async ({ person }) => {
  const { page } = await person('writer');
  await page.goto('/chat/settings/appearance');
  await page.getByRole('switch', { name: 'Enter sends' }).click();
  await page.getByRole('link', { name: 'general' }).click();
  const field = page.getByRole('textbox', { name: 'Message general' });
  await field.fill('first');
  await field.press('Enter');
  await field.pressSequentially('second');
  await expect(field).toHaveValue('first\nsecond');
  await field.press('Control+Enter');
  await expect(page.getByRole('article').filter({ hasText: 'second' })).toBeVisible();
});

test('others see a new colour, a new picture and its removal', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const { page } = alice;
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await expect(page).toHaveURL('/chat/settings/profile');

  const colour = page.getByRole('textbox', { name: 'Name colour' });
  await colour.fill('red');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await colour.fill('#14a098');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(async () => (await (await bob.context.request.get('/user_colors')).json())[alice.name])
    .toBe('#14a098');

  await page
    .getByLabel('Avatar')
    .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: await picture() });
  const remove = page.getByRole('button', { name: 'Remove avatar' });
  await expect(remove).toBeVisible();
  const stored = await bob.context.request.get(`/avatar/${alice.name}`);
  expect(stored.headers()['content-type']).toBe('image/jpeg');
  const size = await bob.page.evaluate(async (name) => {
    const image = await createImageBitmap(await (await fetch(`/avatar/${name}`)).blob());
    return [image.width, image.height];
  }, alice.name);
  expect(size).toEqual([128, 128]);

  await remove.click();
  await expect(remove).toBeHidden();
  expect((await bob.context.request.get(`/avatar/${alice.name}`)).status()).toBe(404);
});

test('a changed password signs every other device out', async ({
  person,
  browser,
  baseURL,
  expectConsole,
}) => {
  expectConsole(/403/);
  const { page, name } = await person('careful');
  const other = await browser.newContext({ baseURL });
  await other.request.post('/login', { form: { username: name, password: PASSWORD } });
  await page.goto('/chat/settings/security');
  await expect(page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')).toHaveCount(2);

  const change = page.getByRole('button', { name: 'Change password' });
  await page.getByLabel('Current password').fill('Wrong-pass-1');
  await page.getByLabel('New password', { exact: true }).fill('Another-one-2');
  await page.getByLabel('Confirm new password').fill('Another-one-2');
  await change.click();
  await expect(page.getByRole('alert')).toHaveText('The current password is not right.');
  await page.getByLabel('Current password').fill(PASSWORD);
  await change.click();
  await expect(page.getByText('Your password is changed.')).toBeVisible();
  const answer = await other.request.get('/channels', { maxRedirects: 0 });
  expect(answer.status()).toBe(302);
  await other.close();
});

test('an account is deleted after a question and the password', async ({ person }) => {
  const { page, context } = await person('goner');
  await page.goto('/chat/settings/security');
  const dialog = page.getByRole('alertdialog');
  // a click before the page has come to life is lost
  await expect(async () => {
    await page.getByRole('button', { name: 'Delete account' }).click();
    await expect(dialog).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  expect((await context.request.get('/channels', { maxRedirects: 0 })).status()).toBe(302);
});

test('a display name stands beside messages, and the username stays what one is found and called by', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const [mine, theirs] = await openDirect(alice, bob);
  await mine.say('who am I?');
  const head = theirs.stored('who am I?');
  await expect(head).toBeVisible();
  await alice.page.getByRole('button', { name: 'Account menu' }).click();
  await alice.page.getByRole('menuitem', { name: 'Settings' }).click();
  await alice.page.getByRole('textbox', { name: 'Display name' }).fill('Alice Example');
  await alice.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(head).toContainText('Alice Example');
  await expect(head).toContainText(alice.name);
  await expect(head).toHaveAccessibleName(new RegExp(`^${alice.name}, \\d\\d:\\d\\d$`));
  await expect(alice.page.getByRole('button', { name: 'Account menu' })).toContainText('Alice Example');

  const { page } = bob;
  await page.getByRole('button', { name: 'New direct message', exact: true }).click();
  await page.getByRole('dialog').getByRole('combobox', { name: 'To' }).fill('Example');
  await expect(page.getByRole('option', { name: alice.name, exact: true })).toBeVisible();
});
