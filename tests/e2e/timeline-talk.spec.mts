import { expect, type Person, test } from '#tests/e2e/fixtures';
import { openDirect, use } from '#tests/e2e/places';

const log = ({ page }: Person) => page.getByRole('log', { name: 'Messages in general' });
const field = ({ page }: Person) => page.getByRole('textbox', { name: 'Message general' });

async function say(person: Person, text: string): Promise<void> {
  await field(person).fill(text);
  await field(person).press('Enter');
}

const said = (person: Person, text: string) => log(person).getByRole('article').filter({ hasText: text });

async function openGeneral(...people: Person[]): Promise<void> {
  await Promise.all(
    people.map(async (person) => {
      await person.page.goto('/chat/general');
      await expect(field(person)).toBeVisible();
    }),
  );
}

test('two people talk, and each sees what the other does', async ({ person }) => {
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  await openGeneral(alice, bob);
  const words = `hello from ${alice.name}`;

  await say(alice, `**${words}**`);
  await expect(said(bob, words)).toBeVisible();
  await expect(said(bob, words).locator('strong')).toHaveText(words);
  await expect(said(bob, words)).toHaveAttribute('aria-label', new RegExp(`^${alice.name}, \\d\\d:\\d\\d$`));
  await expect(said(alice, words).getByTitle(new RegExp(`Read by .*${bob.name}`))).toBeAttached();

  await field(bob).pressSequentially('I am');
  await expect(alice.page.getByText(`${bob.name} is typing`)).toBeVisible();
  await field(bob).fill('');

  await said(bob, words).hover();
  const tools = said(bob, words).getByRole('toolbar', { name: 'Message actions' });
  await expect(tools.getByRole('button', { name: 'Edit' })).toHaveCount(0);
  await use(said(bob, words), 'React');
  await bob.page.getByRole('searchbox', { name: 'Search emoji' }).fill('thumbsup');
  await bob.page.getByRole('button', { name: '👍 thumbsup' }).first().click();
  await expect(said(alice, words).getByRole('button', { name: '👍 1' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await said(alice, words).getByRole('button', { name: '👍 1' }).click();
  await expect(said(bob, words).getByRole('button', { name: '👍 2, you reacted' })).toBeVisible();

  await use(said(bob, words), 'Reply');
  await expect(field(bob)).toBeFocused();
  const answer = `an answer by ${bob.name}`;
  await say(bob, answer);
  await expect(said(alice, answer)).toContainText(words);

  await field(bob).press('ArrowUp');
  const edit = bob.page.getByRole('textbox', { name: 'Edit message' });
  await expect(edit).toHaveValue(answer);
  await edit.fill(`${answer}, mended`);
  await edit.press('Enter');
  await expect(said(alice, `${answer}, mended`)).toContainText('edited');
  await expect(field(bob)).toBeFocused();

  await use(said(bob, answer), 'Delete');
  await bob.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(said(alice, answer)).toHaveCount(0);
  await expect(said(bob, answer)).toHaveCount(0);
});

test('names, channels and emoji complete by keyboard', async ({ person }) => {
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  await openGeneral(alice, bob);
  await field(alice).pressSequentially(`hey @${bob.name.slice(0, -2)}`);
  await expect(alice.page.getByRole('option', { name: bob.name })).toHaveAttribute('aria-selected', 'true');
  await alice.page.keyboard.press('Tab');
  await expect(field(alice)).toHaveValue(`hey @${bob.name} `);
  await field(alice).pressSequentially(':thumbsu');
  await expect(alice.page.getByRole('option', { name: '👍 thumbsup' })).toBeVisible();
  await alice.page.keyboard.press('Enter');
  await alice.page.keyboard.press('Enter');
  await expect(said(bob, `hey @${bob.name} 👍`)).toBeVisible();
});

test('formatting wraps the selection and can be undone', async ({ person }) => {
  const alice = await person('alice');
  await openGeneral(alice);
  await field(alice).fill('bold');
  await field(alice).press('ControlOrMeta+a');
  await field(alice).press('ControlOrMeta+b');
  await expect(field(alice)).toHaveValue('**bold**');
  await field(alice).press('ControlOrMeta+z');
  await expect(field(alice)).toHaveValue('bold');
});

test('what is offline waits, survives a reload, and arrives once and in order', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED|Failed to load resource|Failed to fetch/);
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  // between the two of them: in a channel, what other journeys say moves these messages out of the document
  const [mine, theirs] = await openDirect(alice, bob);
  await expect(mine.log).toContainText('This is the beginning');

  await alice.context.setOffline(true);
  await expect(alice.page.getByRole('status').filter({ hasText: /Offline|Reconnecting/ })).toBeVisible();
  await mine.say('the first');
  await mine.say('the second');
  for (const text of ['the first', 'the second']) {
    await expect(mine.message(text).getByTitle(/Waiting|Sending/)).toBeVisible();
  }
  await mine.field.fill('half a thought');

  // Whoever reloads comes back with the network: a page that is asked for without it is the offline page.
  await alice.context.setOffline(false);
  await alice.page.reload();
  await expect(theirs.log.getByRole('article')).toContainText(['the first', 'the second']);
  await expect(mine.field).toHaveValue('half a thought');
  await expect(mine.stored('the first')).toHaveCount(1);
  await expect(mine.log.getByRole('article')).toContainText(['the first', 'the second']);
  for (const place of [mine, theirs]) await expect(place.log.getByRole('article')).toHaveCount(2);
});

test('what others said while I was away is there when I am back', async ({ person, expectConsole }) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED|Failed to load resource|Failed to fetch/);
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  await openGeneral(alice, bob);
  await alice.context.setOffline(true);
  for (const number of [1, 2, 3]) await say(bob, `missed ${number} by ${bob.name}`);
  await expect(said(bob, `missed 3 by ${bob.name}`)).toBeVisible();
  await alice.context.setOffline(false);
  for (const number of [1, 2, 3]) await expect(said(alice, `missed ${number} by ${bob.name}`)).toHaveCount(1);
});

test('a refused message can be sent again or dropped', async ({ person }) => {
  const alice = await person('alice');
  await openGeneral(alice);
  const words = `refused ${alice.name}`;
  await alice.page.route('**/api/trpc/messages.send*', async (route) => {
    const data = {
      code: 'BAD_REQUEST',
      httpStatus: 400,
      failure: { kind: 'invalid', reason: 'empty', detail: {} },
    };
    await route.fulfill({ status: 200, json: { error: { json: { message: 'empty', code: -32600, data } } } });
  });
  await say(alice, words);
  await expect(said(alice, words).getByRole('button', { name: 'Retry' })).toBeVisible();
  await alice.page.unroute('**/api/trpc/messages.send*');
  await said(alice, words).getByRole('button', { name: 'Retry' }).click();
  await expect(said(alice, words).getByRole('button', { name: 'Retry' })).toHaveCount(0);
  await alice.page.reload();
  await expect(said(alice, words)).toHaveCount(1);
});
