import { devices } from '@playwright/test';
import { seriousFindings, stillness } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { openDirect, openPlace } from './places.ts';

const { defaultBrowserType: _, ...phone } = devices['Pixel 7'] as (typeof devices)[string];

const EVERYTHING = [
  '**bold** *italic* ~~struck~~ `code` ||spoiler|| https://example.org',
  '> a quote\n\n- a list\n- of two',
  '```js\nconst answer = 42; // code\n```',
  '🎉',
];

/** An image of one colour, large enough to be seen. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAUCAIAAAA7jDsBAAAAGklEQVR4nGP8z4APMOGVHZUelR6VHpUmXxoAiwUBJ9CtjN0AAAAASUVORK5CYII=',
  'base64',
);

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in a lively conversation, ${colorScheme}`, async ({ person }) => {
    const [ann, ben] = [await person('ann', { colorScheme }), await person('ben')];
    const [annSide, benSide] = await openDirect(ann, ben);
    const { page } = ann;
    const check = async (what: string) => {
      await stillness(page);
      expect(await seriousFindings(page), what).toEqual([]);
    };
    for (const text of EVERYTHING) await annSide.say(text);
    await benSide.say(`look, @${ann.name}`);
    const last = annSide.message(`look, @${ann.name}`);
    await expect(last).toBeVisible();
    await last.hover();
    await last.getByRole('button', { name: 'React' }).click();
    await expect(page.getByRole('searchbox', { name: 'Search emoji' })).toBeVisible();
    await page.getByRole('searchbox', { name: 'Search emoji' }).fill('thumbsup');
    await check('emoji picker');
    await page.getByRole('button', { name: '👍 thumbsup' }).first().click();
    await expect(last.getByRole('button', { name: '👍 1, you reacted' })).toBeVisible();
    await last.hover();
    await last.getByRole('button', { name: 'Reply', exact: true }).click();
    await check('a reply being written, tools of a message');
    await annSide.say('an answer');
    await expect(annSide.stored('an answer')).toBeVisible();
    await annSide.field.press('ArrowUp');
    await expect(page.getByRole('textbox', { name: 'Edit message' })).toBeFocused();
    await check('editing');
    await page.keyboard.press('Escape');

    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PNG });
    await expect(page.getByRole('button', { name: 'Remove a.png' })).toBeVisible();
    await check('a picked file');
    await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled();
    await page.getByRole('button', { name: 'Send' }).click();
    const image = annSide.log
      .getByRole('button')
      .filter({ has: page.getByRole('img') })
      .last();
    await image.click();
    await expect(page.getByRole('dialog', { name: 'Image' })).toBeVisible();
    await check('lightbox');
    await page.keyboard.press('Escape');
    await expect(image).toBeFocused();

    const answer = annSide.message('an answer');
    await answer.hover();
    await answer.getByRole('button', { name: 'More' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await check('menu of a message');
    await page.keyboard.press('Escape');
    await answer.hover();
    await answer.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await check('question before deleting');
  });

  test(`axe finds nothing serious on a phone, ${colorScheme}`, async ({ person }) => {
    const { page } = await person('axe', { ...phone, colorScheme });
    const check = async (what: string) => {
      await stillness(page);
      expect(await seriousFindings(page), what).toEqual([]);
    };
    const place = await openPlace(page, '/chat/general', 'general');
    await place.field.fill('from a phone');
    await page.getByRole('button', { name: 'Send' }).tap();
    await expect(place.message('from a phone').last()).toBeVisible();
    await check('conversation');
    await page.getByRole('button', { name: 'Back' }).tap();
    await expect(page.getByRole('navigation', { name: 'Conversations' })).toBeVisible();
    await check('list');
    for (const path of ['/chat/settings/profile', '/chat/settings/security']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await check(path);
    }
  });
}
