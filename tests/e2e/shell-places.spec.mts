import { expect, type Person, test } from './fixtures.ts';

const send = async ({ context }: Person, channel: string, text: string) => {
  const answer = await context.request.post(`/send/${channel}`, { form: { text } });
  expect(answer.status()).toBe(200);
};

const direct = (...people: Person[]) =>
  `dm:${people
    .map(({ name }) => name)
    .sort()
    .join(':')}`;

test('unread numbers stand in the list and in the title, and go when the place is opened', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const { page } = alice;
  const list = page.getByRole('navigation', { name: 'Conversations' });
  await expect(list.getByRole('link', { name: 'general', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(page).toHaveTitle('general · Parley');

  await send(bob, direct(alice, bob), 'Are you there?');
  await send(bob, direct(alice, bob), 'Hello?');
  const link = list.getByRole('link', { name: `${bob.name}, 2 unread`, exact: true });
  await expect(link).toBeVisible();
  await expect(page).toHaveTitle('(2) general · Parley');

  await link.click();
  await expect(page).toHaveURL(`/chat/dm/${bob.name}`);
  await expect(page).toHaveTitle(`${bob.name} · Parley`);
  await expect(list.getByRole('link', { name: bob.name, exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(list.getByRole('link', { name: bob.name, exact: true })).toHaveAccessibleDescription('online');
});

test('back, forward and reload do what people expect', async ({ person }) => {
  const { page } = await person('walker');
  const list = page.getByRole('navigation', { name: 'Conversations' });
  await list.getByRole('link', { name: 'software' }).click();
  await list.getByRole('link', { name: 'firmware' }).click();
  await expect(page).toHaveURL('/chat/firmware');
  await page.goBack();
  await expect(page.getByRole('log', { name: 'Messages in software' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('log', { name: 'Messages in general' })).toBeVisible();
  await page.goForward();
  await page.goForward();
  await expect(page.getByRole('log', { name: 'Messages in firmware' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('log', { name: 'Messages in firmware' })).toBeVisible();
  await page.goto('/');
  await expect(page.getByRole('log', { name: 'Messages in firmware' })).toBeVisible();
});

test('keys walk from place to place', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const { page } = alice;
  await send(bob, direct(alice, bob), 'Hi');
  await expect(page.getByRole('link', { name: `${bob.name}, 1 unread` })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Message general' })).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page).toHaveURL('/chat/software');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page).toHaveURL('/chat/general');
  // upwards: other people's tests write into the public channels
  await page.keyboard.press('Alt+Shift+ArrowUp');
  await expect(page).toHaveURL(`/chat/dm/${bob.name}`);
  await page.keyboard.press('Control+j');
  await expect(page).toHaveURL('/chat/general');

  // held down, the key is faster than the page is drawn
  for (let step = 0; step < 4; step++) await page.keyboard.press('Alt+ArrowDown', { delay: 0 });
  await expect(page).toHaveURL('/chat/off-topic');
  await expect(page.getByRole('log', { name: 'Messages in off-topic' })).toBeVisible();
});

test('Ctrl+K jumps anywhere and gives the focus back', async ({ person }) => {
  const { page } = await person('jumper');
  await expect(page.getByRole('textbox', { name: 'Message general' })).toBeFocused();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Jump to' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Message general' })).toBeFocused();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('firm');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/chat/firmware');
  await expect(palette).toBeHidden();
});

test('a direct conversation is closed for me until something new is said', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const { page } = alice;
  await send(bob, direct(alice, bob), 'One');
  const link = page.getByRole('link', { name: new RegExp(`^${bob.name}`) });
  await link.click();
  await link.hover();
  await page.getByRole('button', { name: `Close ${bob.name}` }).click();
  await expect(link).toBeHidden();
  await expect(page).toHaveURL('/chat/general');
  await send(bob, direct(alice, bob), 'Two');
  await expect(link).toBeVisible();
});

test('places that do not exist say so, unknown paths are 404', async ({ person, expectConsole }) => {
  expectConsole(/404/);
  const { page } = await person('lost');
  for (const path of ['/chat/nosuch', '/chat/private/999999', '/chat/dm/nobody-here']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'Not found' })).toBeVisible();
  }
  await page.getByRole('main').getByRole('link', { name: 'home' }).click();
  await expect(page.getByRole('log', { name: 'Messages in general' })).toBeVisible();
  for (const path of ['/chat/general/a/b/c', '/nowhere/at/all']) {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: 'Not found' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'home' })).toBeVisible();
  }
});

test('search finds a message and leads to it', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const { page } = alice;
  const word = `needle${Date.now().toString(36)}`;
  await send(bob, 'software', `There is a ${word} in here`);
  const field = page.getByRole('combobox', { name: 'Search messages' });
  await field.fill(word);
  const results = page.getByRole('list', { name: 'Search results' }).getByRole('listitem');
  await expect(results).toHaveCount(1);
  await expect(results).toContainText(bob.name);
  await expect(results).toContainText('software');
  await expect(results).toContainText(word);
  await field.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/chat\/software\?message=\d+$/);
  await expect(page.getByRole('article').filter({ hasText: word })).toHaveAttribute('aria-current', 'true');

  await field.fill(`${word}-not-there`);
  await expect(page.getByText('No results')).toBeVisible();
  await field.fill(word);
  await page.getByRole('combobox', { name: 'From' }).fill(alice.name);
  await expect(page.getByText('No results')).toBeVisible();
});

test('mentions are listed until they are read', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const { page } = alice;
  await send(bob, 'software', `Look at this, @${alice.name}`);
  await page.getByRole('link', { name: 'Mentions, 1 unread' }).click();
  const mention = page.getByRole('list', { name: 'Mentions' }).getByRole('listitem');
  await expect(mention).toContainText('Look at this');
  await mention.getByRole('link').click();
  await expect(page).toHaveURL(/\/chat\/software\?message=\d+$/);
  await expect(page.getByRole('link', { name: 'Mentions', exact: true })).toBeVisible();
});
