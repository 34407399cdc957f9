import type { Page } from '@playwright/test';
import { expect, PASSWORD, test } from './fixtures.ts';
import { Place } from './places.ts';

const newName = (stem: string) => `${stem}-${Date.now().toString(36)}`;

async function signUp(page: Page, name: string): Promise<void> {
  await page.goto('/login');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Username' }).fill(name);
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Confirm password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('log')).toBeVisible();
}

test('two strangers sign up, find each other, talk, and see what the other does', async ({
  page,
  browser,
  baseURL,
  quiet,
}) => {
  const [ann, ben] = [newName('ann'), newName('ben')];
  const context = await browser.newContext({ baseURL });
  quiet.watch(context);
  const benPage = await context.newPage();
  await Promise.all([signUp(page, ann), signUp(benPage, ben)]);

  await page.getByRole('button', { name: 'New direct message' }).click();
  const dialog = page.getByRole('dialog', { name: 'New direct message' });
  await dialog.getByRole('combobox', { name: 'To' }).fill(ben);
  await page.getByRole('option', { name: ben }).click();
  await dialog.getByRole('button', { name: 'Open' }).click();
  const annSide = new Place(page, ben);
  await expect(annSide.field).toBeFocused();
  await annSide.say('Hello, stranger');

  const link = benPage.getByRole('navigation', { name: 'Conversations' }).getByRole('link', {
    name: `${ann}, 1 unread`,
    exact: true,
  });
  await expect(link).toHaveAccessibleDescription('online');
  await expect(benPage).toHaveTitle(/^\(\d+\) /);
  await link.click();
  const benSide = new Place(benPage, ann);
  await expect(benSide.message('Hello, stranger')).toBeVisible();
  await expect(annSide.message('Hello, stranger').getByTitle(`Read by ${ben}`)).toBeVisible();

  const before = await annSide.log.boundingBox();
  await benSide.field.pressSequentially('Hello');
  await expect(page.getByRole('status').filter({ hasText: `${ben} is typing` })).toBeVisible();
  expect(await annSide.log.boundingBox()).toEqual(before);
  await benSide.field.press('Enter');
  await expect(annSide.message(/Hello$/)).toBeVisible();
  await expect(page.getByText(`${ben} is typing`)).toBeHidden();

  // somebody who signs out is not there any more
  await expect(page.getByRole('link', { name: ben, exact: true })).toHaveAccessibleDescription('online');
  await benPage.getByRole('button', { name: 'Account menu' }).click();
  await benPage.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(benPage.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await expect(page.getByRole('link', { name: ben, exact: true })).toHaveAccessibleDescription('offline');

  // and reads what was said meanwhile when they are back
  await annSide.say('Are you still there?');
  await benPage.getByRole('textbox', { name: 'Username' }).fill(ben);
  await benPage.getByRole('textbox', { name: 'Password', exact: true }).fill(PASSWORD);
  await benPage.getByRole('button', { name: 'Log in' }).click();
  await benPage.getByRole('link', { name: new RegExp(`^${ann}`) }).click();
  await expect(benSide.message('Are you still there?')).toHaveCount(1);
  await context.close();
});
