import { expect, test } from './fixtures.ts';

test('the app can be installed: manifest, icons, service worker', async ({ person }) => {
  const { page, context } = await person('installer');
  const href = await page.locator('link[rel="manifest"]').getAttribute('href');
  const manifest = await (await context.request.get(href as string)).json();
  expect(manifest).toMatchObject({ name: 'Parley', display: 'standalone', start_url: '/' });
  for (const icon of manifest.icons) {
    expect((await context.request.get(icon.src)).headers()['content-type']).toBe(icon.type);
  }
  await expect
    .poll(() => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.active)))
    .toBe(true);
});

test('opened without a connection, it says so in its own words', async ({ person, expectConsole }) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_FAILED/);
  const { page, context } = await person('traveller');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.goto('/chat/software');
  await expect(page.getByRole('heading', { name: 'You are offline' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Try again' })).toHaveCSS('color', 'rgb(255, 255, 255)');
  await context.setOffline(false);
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByRole('log')).toBeVisible();
});

test('the tab icon says that something is unread', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const icon = alice.page.locator('link[rel="icon"][type="image/svg+xml"]');
  await expect(icon).toHaveAttribute('href', '/app/icon.svg');
  await bob.context.request.post('/send/software', { form: { text: 'News' } });
  await expect(icon).toHaveAttribute('href', '/app/icon-unread.svg');
});

test('what cannot be loaded without a connection says so, and loads once it is back', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED|Failed to load|ERR_FAILED|ChunkLoadError/);
  const { page, context } = await person('traveller');
  await expect(page.getByRole('textbox', { name: 'Message general' })).toBeFocused();
  await context.setOffline(true);
  await page.keyboard.press('Control+k');
  await expect(page.getByText('That could not be loaded.')).toBeVisible();
  await expect(page.getByRole('log', { name: 'Messages in general' })).toBeVisible();
  await context.setOffline(false);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Jump to' })).toBeVisible();
});
