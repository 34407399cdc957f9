import { devices, type Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { Place } from './places.ts';

const { defaultBrowserType: _, ...phone } = devices['Pixel 7'] as (typeof devices)[string];

/** A finger that stays where it is for a while. */
async function longPress(target: Locator): Promise<void> {
  const box = await target.boundingBox();
  if (!box) throw new Error('nothing to press');
  const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
  const touch = { ...at, pointerType: 'touch', isPrimary: true, pointerId: 7, button: 0, buttons: 1 };
  await target.dispatchEvent('pointerdown', touch);
  await expect(target.page().getByRole('menu')).toBeVisible();
  await target.dispatchEvent('pointerup', { ...touch, buttons: 0 });
}

test('somebody on a phone talks with somebody at a desk', async ({ person }) => {
  const [ann, ben] = [await person('ann', phone), await person('ben')];
  const { page } = ann;
  await ben.page.goto(`/chat/dm/${ann.name}`);
  const benSide = new Place(ben.page, ann.name);
  await benSide.say('Are you on the train?');

  await page.getByRole('button', { name: 'Back' }).tap();
  await page.getByRole('link', { name: `${ben.name}, 1 unread` }).tap();
  const annSide = new Place(page, ben.name);
  await expect(annSide.message('Are you on the train?')).toBeVisible();
  // a keyboard that pops up by itself hides what one came to read
  await expect(annSide.field).not.toBeFocused();
  await annSide.field.fill('Yes, until five');
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(benSide.message('until five')).toBeVisible();

  await longPress(annSide.message('until five'));
  await page.getByRole('menuitem', { name: 'Edit' }).tap();
  await page.getByRole('textbox', { name: 'Edit message' }).fill('Yes, until six');
  await page.getByRole('button', { name: 'Save' }).tap();
  await expect(benSide.message('until six')).toContainText('edited');

  await longPress(annSide.message('Are you on the train?'));
  const menu = page.getByRole('menu');
  await expect(menu.getByRole('menuitem', { name: 'Reply', exact: true })).toBeVisible();
  await expect(menu.getByRole('menuitem', { name: 'Edit' })).toHaveCount(0);
  await expect(menu.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0);
  await menu.getByRole('menuitem', { name: 'React' }).tap();
  await page.getByRole('searchbox', { name: 'Search emoji' }).fill('thumbsup');
  await page.getByRole('button', { name: '👍 thumbsup' }).first().tap();
  await expect(benSide.message('Are you on the train?').getByRole('button', { name: '👍 1' })).toBeVisible();
});
