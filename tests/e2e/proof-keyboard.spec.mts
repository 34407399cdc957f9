import type { Page } from '@playwright/test';
import { expect, PASSWORD, test } from './fixtures.ts';
import { Place } from './places.ts';

/** Presses Tab until something is focused, as somebody without a mouse does; fails when it never is. */
async function tabTo(page: Page, role: Parameters<Page['getByRole']>[0], name: string | RegExp) {
  const wanted = page.getByRole(role, { name });
  for (let steps = 0; steps < 60; steps++) {
    if (await wanted.evaluateAll((all) => all.includes(document.activeElement as HTMLElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${role} ${name}`);
}

test('everything that matters is done without a mouse', async ({ page, person }) => {
  const ben = await person('ben');
  const name = `keys-${Date.now().toString(36)}`;

  await page.goto('/signup');
  await tabTo(page, 'textbox', 'Username');
  await page.keyboard.type(name);
  await tabTo(page, 'textbox', 'Password');
  await page.keyboard.type(PASSWORD);
  await tabTo(page, 'textbox', 'Confirm password');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Message general' })).toBeFocused();

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Jump to' })).toBeVisible();
  await page.keyboard.type(ben.name);
  await expect(page.getByRole('option').first()).toContainText(ben.name);
  await page.keyboard.press('Enter');
  const place = new Place(page, ben.name);
  await expect(place.field).toBeFocused();

  await page.keyboard.type('first line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second line');
  await page.keyboard.press('Enter');
  await expect(place.stored('first line')).toContainText('second line');

  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('textbox', { name: 'Edit message' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(place.field).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('better words');
  await page.keyboard.press('Enter');
  await expect(place.message('better words')).toContainText('edited');
  await expect(place.field).toBeFocused();

  // backwards from the composer: the tools of the newest message
  const remove = place.message('better words').getByRole('button', { name: 'Delete' });
  for (let steps = 0; steps < 20; steps++) {
    await page.keyboard.press('Shift+Tab');
    if (await place.message('better words').evaluate((row) => row.contains(document.activeElement))) break;
  }
  await expect(place.message('better words').getByRole('toolbar', { name: 'Message actions' })).toBeVisible();
  await tabTo(page, 'button', /^React$/);
  for (let steps = 0; steps < 6 && !(await remove.evaluate((it) => it === document.activeElement)); steps++) {
    await page.keyboard.press('ArrowRight');
  }
  await expect(remove).toBeFocused();
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(question.getByRole('button', { name: 'Delete' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(place.message('better words')).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('software');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/chat/software');
});

test('whatever has the focus shows it', async ({ person }) => {
  const { page } = await person('focus');
  await expect(page.getByRole('textbox', { name: 'Message general' })).toBeFocused();
  for (let steps = 0; steps < 25; steps++) {
    await page.keyboard.press('Tab');
    const hidden = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      if (element === document.body || !element.matches(':focus-visible')) return null;
      const marks = [element, element.parentElement as HTMLElement].map((one) => getComputedStyle(one));
      const isMarked = marks.some(
        ({ outlineStyle, boxShadow, borderColor }) =>
          outlineStyle !== 'none' || boxShadow !== 'none' || borderColor !== 'rgba(0, 0, 0, 0)',
      );
      return isMarked ? null : element.outerHTML.slice(0, 120);
    });
    expect(hidden).toBeNull();
  }
});
