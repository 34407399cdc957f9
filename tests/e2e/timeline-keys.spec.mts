import { expect, test } from '#tests/e2e/fixtures';
import { openDirect } from '#tests/e2e/places';

test('letters work on the selected message, as far as one may', async ({ person }) => {
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  await alice.page.evaluate(() => localStorage.setItem('letterKeys', 'true'));
  const [mine, theirs] = await openDirect(alice, bob);
  const { page } = alice;
  const { keyboard } = page;
  await theirs.say('a word from bob');
  await expect(mine.stored('a word from bob')).toBeVisible();
  await mine.say('a word from alice');
  await expect(mine.stored('a word from alice')).toBeVisible();

  const select = async () => {
    await mine.field.press('Escape');
    await keyboard.press('v');
    await expect(mine.stored('a word from alice')).toBeFocused();
    await expect(page.getByRole('toolbar', { name: 'Message actions' })).toBeVisible();
  };

  const mode = page.getByRole('status').filter({ hasText: 'Visual mode' });
  await expect(mode).toHaveCount(0);
  await select();
  await expect(mode).toBeVisible();
  await keyboard.press('ArrowUp');
  await expect(mine.stored('a word from bob')).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(mine.stored('a word from alice')).toBeFocused();
  await keyboard.press('Escape');
  await expect(mine.stored('a word from alice')).not.toBeFocused();
  await expect(mode).toHaveCount(0);

  await select();
  await keyboard.press('k');
  await expect(mine.stored('a word from bob')).toBeFocused();
  await expect(mine.message('a word from bob').getByRole('toolbar')).toBeVisible();
  await keyboard.press('d');
  await keyboard.press('c');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Edit message' })).toHaveCount(0);
  await keyboard.press('o');
  await expect(page.getByText(`Reply to ${bob.name}`)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(mine.field).toHaveValue('');
  await mine.field.press('Escape');

  await select();
  await keyboard.press('e');
  await expect(page.getByRole('dialog', { name: 'Emoji' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Emoji' })).toHaveCount(0);

  await select();
  await keyboard.press('c');
  const edit = page.getByRole('textbox', { name: 'Edit message' });
  await expect(edit).toHaveValue('a word from alice');
  await edit.press('Escape');
  await expect(edit).toHaveCount(0);

  await select();
  await keyboard.press('d');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(mine.message('a word from alice')).toHaveCount(0);
});
