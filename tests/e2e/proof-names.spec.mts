// Roles and accessible names are an interface: other people's scripts and assistive programs use them.
import { expect, test } from './fixtures.ts';
import { openDirect, openPlace } from './places.ts';

test('login and signup', async ({ page }) => {
  await page.goto('/login');
  await expect(page.getByRole('heading', { name: 'Log in', exact: true })).toBeVisible();
  for (const name of ['Username', 'Password']) {
    await expect(page.getByRole('textbox', { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('button', { name: 'Log in', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Create an account', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Create an account', exact: true })).toBeVisible();
  for (const name of ['Username', 'Password', 'Confirm password']) {
    await expect(page.getByRole('textbox', { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('button', { name: 'Create account', exact: true })).toBeVisible();
  const rules = page.getByRole('listitem');
  await expect(rules.filter({ hasText: /not met$/ })).toHaveCount(await rules.count());
});

test('sidebar, header, menus and dialogs', async ({ person }) => {
  const [{ page }, ben] = [await person('ann'), await person('ben')];
  await openPlace(page, '/chat/general', 'general');
  const list = page.getByRole('navigation', { name: 'Conversations' });
  await expect(list.getByRole('link', { name: /^general(, \d+ unread)?$/ })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(page.getByRole('combobox', { name: 'Search messages' })).toBeVisible();

  await page.getByRole('button', { name: 'New direct message', exact: true }).click();
  const direct = page.getByRole('dialog', { name: 'New direct message' });
  await direct.getByRole('combobox', { name: 'To' }).fill(ben.name);
  await expect(page.getByRole('option', { name: ben.name, exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(direct).toBeHidden();

  await page.getByRole('button', { name: 'Create channel', exact: true }).click();
  const create = page.getByRole('dialog', { name: 'Create channel' });
  await expect(create.getByRole('combobox', { name: 'Members' })).toBeVisible();
  await create.getByRole('textbox', { name: 'Name' }).fill('names');
  await create.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page).toHaveURL(/\/chat\/private\/\d+$/);

  await page.getByRole('button', { name: 'Members', exact: true }).click();
  const members = page.getByRole('complementary', { name: 'Members' });
  await expect(members.getByRole('list')).toBeVisible();
  const menu = page.getByRole('button', { name: 'Channel menu', exact: true });
  await menu.click();
  for (const name of ['Members', 'Rename', 'Leave channel']) {
    await expect(page.getByRole('menuitem', { name, exact: true })).toBeVisible();
  }
  await page.getByRole('menuitem', { name: 'Leave channel' }).click();
  for (const name of ['Cancel', 'Leave']) {
    await expect(page.getByRole('alertdialog').getByRole('button', { name, exact: true })).toBeVisible();
  }
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Account menu' }).click();
  for (const name of ['Settings', 'Log out']) {
    await expect(page.getByRole('menuitem', { name, exact: true })).toBeVisible();
  }
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
  for (const name of ['Profile', 'Notifications', 'Appearance', 'Security']) {
    await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('textbox', { name: 'Name colour' })).toBeVisible();
  await expect(page.getByLabel('Avatar', { exact: true })).toHaveAttribute('type', 'file');
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Appearance', exact: true }).click();
  for (const name of ['Dark', 'Light', 'System']) {
    await expect(page.getByRole('radio', { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('switch', { name: 'Enter sends', exact: true })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Jump to' }).getByRole('combobox')).toBeFocused();
});

test('timeline, message, composer', async ({ person }) => {
  const [ann, ben] = [await person('ann'), await person('ben')];
  const [place, benSide] = await openDirect(ann, ben);
  const { page } = ann;
  await expect(place.field).toBeFocused();
  for (const name of ['Send', 'Attach files', 'Emoji']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
  }
  await place.say('first');
  await place.say('second');
  for (const text of ['first', 'second']) {
    await expect(place.message(text)).toHaveAccessibleName(new RegExp(`^${ann.name}, \\d\\d:\\d\\d$`));
  }
  await expect(place.log.getByRole('separator', { name: 'Today' })).toBeVisible();

  await place.message('second').hover();
  const tools = place.message('second').getByRole('toolbar', { name: 'Message actions' });
  for (const name of ['React', 'Reply', 'Edit', 'Delete', 'More']) {
    await expect(tools.getByRole('button', { name, exact: true })).toBeVisible();
  }
  // between two people there are no threads, so they are not offered
  await expect(tools.getByRole('button', { name: 'Reply in thread' })).toHaveCount(0);
  await tools.getByRole('button', { name: 'Edit', exact: true }).click();
  for (const name of ['Save', 'Cancel']) {
    await expect(place.message('second').getByRole('button', { name, exact: true })).toBeVisible();
  }
  await place.message('second').getByRole('button', { name: 'Cancel' }).click();
  await expect(place.field).toBeFocused();

  await page.getByRole('button', { name: 'Emoji', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Search emoji' }).fill('fire');
  await page.getByRole('button', { name: '🔥 fire', exact: true }).click();
  await expect(place.field).toHaveValue('🔥');
  await place.field.fill('');

  await ben.page
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('link', { name: 'software' })
    .click();
  await place.say('third');
  await ben.page.getByRole('link', { name: `${ann.name}, 1 unread`, exact: true }).click();
  await expect(benSide.log.getByRole('separator', { name: 'New messages' })).toBeVisible();
  await expect(place.message('third').getByTitle(`Read by ${ben.name}`)).toBeVisible();
  await ben.page.getByRole('link', { name: 'software', exact: true }).click();
  await ben.page.getByRole('link', { name: ann.name, exact: true }).click();
  await expect(benSide.message('third')).toBeVisible();
  await expect(benSide.log.getByRole('separator', { name: 'New messages' })).toHaveCount(0);
});

test('one send is one request, and repeating it stores it once', async ({ person }) => {
  const [ann, ben] = [await person('ann'), await person('ben')];
  const [place, benSide] = await openDirect(ann, ben);
  const posted = ann.page.waitForRequest(
    (request) => request.method() === 'POST' && (request.postData() ?? '').includes('only once'),
  );
  await place.say('only once');
  const request = await posted;
  await expect(benSide.message('only once')).toHaveCount(1);
  const again = await ann.context.request.post(request.url(), {
    headers: { 'content-type': 'application/json' },
    data: request.postData() as string,
  });
  expect(again.status()).toBe(200);
  await place.say('and then');
  await expect(benSide.message('and then')).toHaveCount(1);
  await expect(benSide.message('only once')).toHaveCount(1);
});
