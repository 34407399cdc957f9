import { expect, PASSWORD, test } from './fixtures.ts';

const newName = (stem: string) => `${stem}-${Date.now().toString(36)}${Math.floor(Math.random() * 1_000)}`;

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a stranger signs up, and is told what is wrong with their name kept', async ({ page }) => {
    const name = newName('nojs');
    await page.goto('/signup');
    await page.getByRole('textbox', { name: 'Username' }).fill(name);
    await page.getByLabel('Password', { exact: true }).fill('weak');
    await page.getByLabel('Confirm password').fill('weak');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('alert')).toHaveText('The password needs at least 8 characters.');
    await expect(page.getByRole('textbox', { name: 'Username' })).toHaveValue(name);

    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Confirm password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page).toHaveURL('/');
    await expect(page.getByRole('link', { name: 'general' })).toBeVisible();
  });

  test('a wrong password says so and keeps the name', async ({ page }) => {
    await page.goto('/login');
    await page.getByRole('textbox', { name: 'Username' }).fill('nobody-here');
    await page.getByLabel('Password', { exact: true }).fill('Wrong-pass-1');
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page.getByRole('alert')).toContainText('do not match');
    await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Username' })).toHaveValue('nobody-here');
  });
});

test('the rules of a password are ticked off, and the button waits for them', async ({ page }) => {
  await page.goto('/signup');
  const create = page.getByRole('button', { name: 'Create account' });
  const rule = (words: string) => page.getByRole('listitem').filter({ hasText: words });
  await expect(create).toBeDisabled();
  await page.getByRole('textbox', { name: 'Username' }).fill(newName('rules'));
  await page.getByLabel('Password', { exact: true }).fill('longenough');
  await expect(rule('8 characters')).toHaveText(/: met$/);
  await expect(rule('digit')).toHaveText(/: not met$/);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await expect(rule('digit')).toHaveText(/: met$/);
  await expect(create).toBeDisabled();
  await page.getByLabel('Confirm password').fill(PASSWORD);
  await create.click();
  await expect(page).toHaveURL('/');
});

test('a password can be shown', async ({ page }) => {
  await page.goto('/login');
  const field = page.getByLabel('Password', { exact: true });
  await field.fill('Secret-1');
  await expect(field).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(field).toHaveAttribute('type', 'text');
});

test('a visitor to a deep link arrives there after signing in', async ({ person, browser, baseURL }) => {
  const { name } = await person('deep');
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto('/chat/software');
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  // once wrong, to see that the target survives it
  await page.getByRole('textbox', { name: 'Username' }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill('Wrong-pass-1');
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page).toHaveURL('/chat/software');
  await expect(page.getByRole('log', { name: 'Messages in software' })).toBeVisible();
  await context.close();
});

test('an address elsewhere is no target', async ({ page }) => {
  for (const next of ['https://example.org/', '//example.org', '/\\example.org', '/settings']) {
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await expect(page.getByRole('link', { name: 'Create an account' })).toHaveAttribute('href', '/signup');
  }
});

test('signing out leads to the sign-in page, and the app is closed', async ({ person }) => {
  const { page } = await person('leaver');
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await page.goto('/chat/general');
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
});
