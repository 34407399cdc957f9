import { seriousFindings, stillness } from './axe.ts';
import { expect, test } from './fixtures.ts';

const PLACES = [
  '/chat/general',
  '/chat/nosuch',
  '/chat/all/mentions',
  '/chat/settings/profile',
  '/chat/settings/notifications',
  '/chat/settings/appearance',
  '/chat/settings/security',
];

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on any page, ${colorScheme}`, async ({ person, browser, baseURL }) => {
    const visitor = await (await browser.newContext({ baseURL, colorScheme })).newPage();
    for (const path of ['/login', '/signup']) {
      await visitor.goto(path);
      expect(await seriousFindings(visitor), path).toEqual([]);
    }
    await visitor.context().close();

    const { page, context } = await person('axe', { colorScheme });
    await context.request.post('/send/general', { form: { text: 'Some **words** to look at' } });
    for (const path of PLACES) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await seriousFindings(page), path).toEqual([]);
    }
  });

  test(`axe finds nothing serious in dialogs and panels, ${colorScheme}`, async ({ person }) => {
    const { page, context } = await person('axe', { colorScheme });
    await context.request.post('/send/general', { form: { text: 'Something to be found' } });
    const check = async (what: string) => {
      await stillness(page);
      expect(await seriousFindings(page), what).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.locator('[role="dialog"], [role="menu"]')).toHaveCount(0);
    };
    // script has arrived, and with it the keys
    await expect(page.getByRole('textbox', { name: 'Message general' })).toBeFocused();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog', { name: 'Jump to' })).toBeVisible();
    await check('palette');
    await page.getByRole('button', { name: 'New direct message' }).click();
    await expect(page.getByRole('dialog', { name: 'New direct message' })).toBeVisible();
    await check('new direct message');
    await page.getByRole('button', { name: 'Create channel' }).click();
    await expect(page.getByRole('dialog', { name: 'Create channel' })).toBeVisible();
    await check('create channel');
    await page.getByRole('button', { name: 'Account menu' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await check('account menu');
    await page.getByRole('combobox', { name: 'Search messages' }).fill('to be found');
    await expect(
      page.getByRole('list', { name: 'Search results' }).getByRole('listitem').first(),
    ).toBeVisible();
    await check('search');
    await page.getByRole('button', { name: 'Members' }).click();
    await expect(page.getByRole('complementary', { name: 'Members' })).toBeVisible();
    await check('members');
  });
}
