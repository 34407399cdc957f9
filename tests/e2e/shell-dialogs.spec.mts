import { expect, test } from './fixtures.ts';

test('a direct message to one person, and to a group', async ({ person }) => {
  const [alice, bob, carol] = [await person('alice'), await person('bob'), await person('carol')];
  const { page } = alice;
  await page.getByRole('button', { name: 'New direct message' }).click();
  const dialog = page.getByRole('dialog', { name: 'New direct message' });
  const to = dialog.getByRole('combobox', { name: 'To' });
  await expect(to).toBeFocused();
  await to.fill(bob.name);
  await page.getByRole('option', { name: bob.name }).click();
  await dialog.getByRole('button', { name: 'Open' }).click();
  await expect(page).toHaveURL(`/chat/dm/${bob.name}`);
  await expect(page.getByRole('textbox', { name: `Message ${bob.name}` })).toBeFocused();

  await page.getByRole('button', { name: 'New direct message' }).click();
  await to.fill(carol.name);
  await page.keyboard.press('Enter');
  await to.fill(bob.name);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Open' }).click();
  await expect(page).toHaveURL(`/chat/dm/${bob.name},${carol.name}`);
  await expect(page.getByRole('heading', { name: `${bob.name}, ${carol.name}` }).first()).toBeVisible();
});

test('a channel from its creation to leaving it', async ({ person }) => {
  const [alice, bob, carol] = [await person('alice'), await person('bob'), await person('carol')];
  const { page } = alice;
  await page.getByRole('button', { name: 'Create channel' }).click();
  const create = page.getByRole('dialog', { name: 'Create channel' });
  await create.getByRole('textbox', { name: 'Name' }).fill('Project X');
  await create.getByRole('combobox', { name: 'Members' }).fill(bob.name);
  await page.getByRole('option', { name: bob.name }).click();
  await create.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page).toHaveURL(/\/chat\/private\/\d+$/);
  await expect(bob.page.getByRole('link', { name: 'Project X' })).toBeVisible();

  await page.getByRole('button', { name: 'Members' }).click();
  const members = page.getByRole('complementary', { name: 'Members' });
  await expect(members.getByRole('listitem')).toHaveCount(2);
  await expect(members.getByRole('listitem', { name: bob.name })).toHaveAccessibleDescription('online');

  const menu = page.getByRole('button', { name: 'Channel menu' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Add member' }).click();
  const add = page.getByRole('dialog', { name: 'Add member' });
  await add.getByRole('combobox', { name: 'Members' }).fill(carol.name);
  await page.getByRole('option', { name: carol.name }).click();
  await add.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(members.getByRole('listitem')).toHaveCount(3);

  await menu.click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  const rename = page.getByRole('dialog', { name: 'Rename channel' });
  await rename.getByRole('textbox', { name: 'Name' }).fill('Project Y');
  await rename.getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByRole('heading', { name: 'Project Y', level: 1 })).toBeVisible();
  await expect(carol.page.getByRole('link', { name: 'Project Y' })).toBeVisible();

  await menu.click();
  await page.getByRole('menuitem', { name: 'Leave channel' }).click();
  const leave = page.getByRole('alertdialog');
  await expect(leave.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await leave.getByRole('button', { name: 'Cancel' }).click();
  await expect(leave).toBeHidden();
  await expect(menu).toBeFocused();
  await menu.click();
  await page.getByRole('menuitem', { name: 'Leave channel' }).click();
  await leave.getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByRole('link', { name: 'Project Y' })).toBeHidden();
  await expect(page.getByRole('log', { name: 'Messages in general' })).toBeVisible();
});

test('the help lists the keys, and Escape gives the focus back', async ({ person }) => {
  const { page } = await person('reader');
  await expect(page.getByRole('textbox', { name: 'Message general' })).toBeFocused();
  const menu = page.getByRole('button', { name: 'Account menu' });
  await menu.focus();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help.getByText('Ctrl K')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(menu).toBeFocused();
});
