import { devices } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const { defaultBrowserType: _, ...phone } = devices['Pixel 7'] as (typeof devices)[string];

test('one place at a time: list, conversation, and back both ways', async ({ person }) => {
  const { page } = await person('mobile', phone);
  const list = page.getByRole('navigation', { name: 'Conversations' });
  await expect(page.getByRole('log', { name: 'Messages in general' })).toBeVisible();
  await expect(list).toBeHidden();

  await page.getByRole('button', { name: 'Back' }).click();
  await expect(list).toBeVisible();
  await expect(page.getByRole('log')).toBeHidden();
  await list.getByRole('link', { name: 'software' }).click();
  await expect(page.getByRole('log', { name: 'Messages in software' })).toBeVisible();
  await page.goBack();
  await expect(list).toBeVisible();
});

test('the system’s Back leads from the first page to the list, not out of the app', async ({ person }) => {
  const { page } = await person('mobile', phone);
  await page.goto('/chat/firmware');
  await expect(page.getByRole('log', { name: 'Messages in firmware' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('navigation', { name: 'Conversations' })).toBeVisible();
});

test('nothing is too small to touch, no field makes the page zoom, nothing is wider than the screen', async ({
  person,
}) => {
  const { page } = await person('mobile', phone);
  for (const path of ['/chat', '/chat/general', '/chat/settings/profile', '/chat/settings/security']) {
    await page.goto(path);
    await expect(page.getByRole('main').or(page.getByRole('navigation')).first()).toBeVisible();
    const faults = await page.evaluate(() => {
      const small = [...document.querySelectorAll<HTMLElement>('button, input, select, nav a')]
        .filter((element) => element.checkVisibility() && element.offsetWidth > 1)
        .filter((element) => !element.closest('[aria-hidden="true"]') && element.role !== 'switch')
        .filter((element) => element.getBoundingClientRect().height < 28);
      const zooming = [...document.querySelectorAll<HTMLElement>('input, textarea, select')]
        .filter((element) => element.checkVisibility())
        .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < 16);
      const describe = (element: HTMLElement) => element.outerHTML.slice(0, 120);
      return {
        small: small.map(describe),
        zooming: zooming.map(describe),
        overflow: document.documentElement.scrollWidth - window.innerWidth,
      };
    });
    expect(faults, path).toEqual({ small: [], zooming: [], overflow: 0 });
  }
});
