import { devices, type Locator, type Page } from '@playwright/test';
import { seriousFindings, stillness } from './axe.ts';
import { expect, type Person, test } from './fixtures.ts';
import { openPlace, type Place, use } from './places.ts';

const { defaultBrowserType: _, ...phone } = devices['Pixel 7'] as (typeof devices)[string];

const CHANNEL = 'systems';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Thread' });
const replies = (page: Page) => panel(page).getByRole('article');
const replyField = (page: Page) => page.getByRole('textbox', { name: 'Reply in thread' });
const threadsLink = ({ page }: Person) =>
  page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name: /^Threads/ });

async function reply(page: Page, text: string): Promise<void> {
  await replyField(page).fill(text);
  await replyField(page).press('Enter');
}

async function openBoth(one: Person, other: Person): Promise<[Place, Place]> {
  return Promise.all([
    openPlace(one.page, `/chat/${CHANNEL}`, CHANNEL),
    openPlace(other.page, `/chat/${CHANNEL}`, CHANNEL),
  ]);
}

const openThread = (message: Locator) => use(message, 'Reply in thread');

test('a thread is live both ways, and leaves the channel alone', async ({ person }) => {
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  const [mine, theirs] = await openBoth(alice, bob);
  const root = `a question by ${alice.name}`;
  await mine.say(root);
  await expect(theirs.stored(root)).toBeVisible();

  await openThread(theirs.stored(root));
  await expect(bob.page).toHaveURL(/\/chat\/systems\/thread\/\d+$/);
  await expect(replies(bob.page)).toContainText([root]);
  await expect(replyField(bob.page)).toBeFocused();
  await reply(bob.page, 'an answer by bob');
  await expect(replies(bob.page)).toContainText([root, 'an answer by bob']);

  const summary = mine.stored(root).getByRole('link', { name: /1 reply/ });
  await summary.click();
  await expect(replies(alice.page)).toContainText([root, 'an answer by bob']);
  await expect(theirs.log).not.toContainText('an answer by bob');

  await reply(alice.page, 'thanks to bob');
  await expect(replies(bob.page)).toContainText([root, 'an answer by bob', 'thanks to bob']);
  await expect(theirs.stored(root).getByRole('link', { name: /2 replies/ })).toBeVisible();

  // edited and deleted, as in the channel
  await replyField(alice.page).press('ArrowUp');
  const edit = panel(alice.page).getByRole('textbox', { name: 'Edit message' });
  await edit.fill('thank you, bob');
  await edit.press('Enter');
  await expect(replies(bob.page).last()).toContainText('thank you, bob');
  await expect(replyField(alice.page)).toBeFocused();
  await use(replies(alice.page).last(), 'Delete');
  await alice.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(replies(bob.page)).toContainText([root, 'an answer by bob']);
  await expect(replies(bob.page)).toHaveCount(2);

  // closing gives the focus back, Back opens it again, and its address can be shared
  await alice.page.keyboard.press('Escape');
  await expect(panel(alice.page)).toHaveCount(0);
  await expect(alice.page).toHaveURL(`/chat/${CHANNEL}`);
  await bob.page.reload();
  await expect(replies(bob.page)).toContainText([root, 'an answer by bob']);
});

test('a reply sent to the channel as well shows in both, and leads to its thread', async ({ person }) => {
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  const [mine, theirs] = await openBoth(alice, bob);
  const root = `an idea by ${alice.name}`;
  await mine.say(root);
  await openThread(mine.stored(root));
  await alice.page.getByRole('checkbox', { name: 'Also send to channel' }).check();
  const words = `for everybody, by ${alice.name}`;
  await reply(alice.page, words);
  await expect(alice.page.getByRole('checkbox', { name: 'Also send to channel' })).not.toBeChecked();
  await expect(replies(alice.page).last()).toContainText('Also sent to the channel');
  await theirs
    .stored(words)
    .getByRole('link', { name: /Replied in a thread/ })
    .click();
  await expect(replies(bob.page)).toContainText([root, words]);
});

test('what others add is unread in the inbox until it is read', async ({ person }) => {
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  const [mine, theirs] = await openBoth(alice, bob);
  const root = `unread by ${alice.name}`;
  await mine.say(root);
  await expect(theirs.stored(root)).toBeVisible();
  await openThread(theirs.stored(root));
  await reply(bob.page, 'the first');
  await expect(threadsLink(alice)).toHaveAccessibleName('Threads, 1 unread');

  await threadsLink(alice).click();
  const thread = alice.page.getByRole('list', { name: 'Threads' }).getByRole('listitem').first();
  await expect(thread).toHaveAccessibleName(`Thread in ${CHANNEL}, 1 unread`);
  await expect(thread).toContainText(root);
  await expect(thread).toContainText('the first');
  await reply(bob.page, 'the second');
  await expect(thread).toHaveAccessibleName(`Thread in ${CHANNEL}, 2 unread`);
  await expect(thread).toContainText('the second');

  await thread.getByRole('link', { name: 'Open thread' }).click();
  await expect(panel(alice.page).getByRole('separator', { name: 'New messages' })).toBeVisible();
  await expect(threadsLink(alice)).toHaveAccessibleName('Threads');
  // it was read for good
  await alice.page.reload();
  await expect(replies(alice.page)).toContainText([root, 'the first', 'the second']);
  await expect(threadsLink(alice)).toHaveAccessibleName('Threads');

  // an unfollowed thread is nothing of mine
  await panel(alice.page).getByRole('button', { name: 'Follow thread' }).click();
  await expect(panel(alice.page).getByRole('button', { name: 'Follow thread' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await threadsLink(alice).click();
  await expect(alice.page.getByText('No threads yet')).toBeVisible();
  await reply(bob.page, 'the third');
  await expect(replies(bob.page).last()).toContainText('the third');
  await expect(threadsLink(alice)).toHaveAccessibleName('Threads');
});

test('what is written in a thread without a network waits, and is kept', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED|Failed to load resource|Failed to fetch/);
  const alice = await person('alice');
  const mine = await openPlace(alice.page, `/chat/${CHANNEL}`, CHANNEL);
  const root = `waiting, by ${alice.name}`;
  await mine.say(root);
  await openThread(mine.stored(root));
  await expect(replies(alice.page)).toContainText([root]);
  await alice.context.setOffline(true);
  await reply(alice.page, 'later');
  await expect(
    replies(alice.page)
      .last()
      .getByTitle(/Waiting|Sending/),
  ).toBeVisible();
  await expect(mine.log).not.toContainText('later');
  await replyField(alice.page).fill('half a reply');
  await alice.context.setOffline(false);
  await alice.page.reload();
  await expect(replies(alice.page)).toContainText([root, 'later']);
  await expect(
    replies(alice.page)
      .last()
      .getByTitle(/Waiting|Sending/),
  ).toHaveCount(0);
  await expect(replies(alice.page)).toHaveCount(2);
  await expect(replyField(alice.page)).toHaveValue('half a reply');
});

test('a thread that is gone says so, and a search leads into one', async ({ person, expectConsole }) => {
  expectConsole(/404/);
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  const [mine, theirs] = await openBoth(alice, bob);
  const root = `soon gone, by ${alice.name}`;
  await mine.say(root);
  await openThread(mine.stored(root));
  const words = `needle ${alice.name}`;
  await reply(alice.page, words);
  await expect(theirs.stored(root).getByRole('link', { name: /1 reply/ })).toBeVisible();

  const { page } = bob;
  await page.getByRole('combobox', { name: 'Search messages' }).fill(words);
  const found = page.getByRole('list', { name: 'Search results' }).getByRole('listitem');
  await expect(found).toContainText(`in a thread of ${CHANNEL}`);
  await found.getByRole('link').click();
  await expect(replies(page).last()).toHaveAttribute('aria-current', 'true');

  await use(mine.stored(root), 'Delete');
  await alice.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(panel(page)).toContainText('The message was deleted');
  await page.reload();
  await expect(panel(page)).toContainText('There is no such thread');
  await panel(page).getByRole('button', { name: 'Close', exact: true }).click();
  await expect(panel(page)).toHaveCount(0);
});

test('a pin shows for everybody, at once, and leads to its message', async ({ person }) => {
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  const [mine, theirs] = await openBoth(alice, bob);
  const words = `worth keeping, by ${alice.name}`;
  await mine.say(words);
  await theirs.page.getByRole('button', { name: 'Pins', exact: true }).click();
  const pins = bob.page.getByRole('complementary', { name: 'Pins' }).getByRole('listitem');
  const pin = pins.filter({ hasText: words });

  await use(mine.stored(words), 'More');
  await alice.page.getByRole('menuitem', { name: 'Pin', exact: true }).click();
  await expect(pin).toBeVisible();
  await expect(theirs.stored(words)).toContainText('Pinned');
  await pin.getByRole('link', { name: /go to the message/ }).click();
  await expect(theirs.stored(words)).toHaveAttribute('aria-current', 'true');
  await pin.getByRole('button', { name: 'Unpin' }).click();
  await expect(pin).toHaveCount(0);
  await expect(mine.stored(words)).not.toContainText('Pinned');
});

test('a bot has a badge, stands apart from people, and its messages can be taken out by those who keep order', async ({
  administrator,
  person,
}) => {
  const [owner, bob] = [await administrator('owner'), await person('bob')];
  const name = `builds ${owner.name}`;
  await owner.page.goto('/chat/admin/webhooks');
  const dialog = owner.page.getByRole('dialog', { name: 'Create webhook' });
  // a click that comes before the page has come to life does nothing
  await expect(async () => {
    await owner.page.getByRole('button', { name: 'Create webhook' }).click();
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('combobox', { name: 'Channel' }).selectOption(CHANNEL);
  await dialog.getByRole('button', { name: 'Create' }).click();
  const example = await owner.page.getByRole('textbox', { name: 'Example' }).inputValue();
  const [, url] = /(\/webhooks\/\d+\/messages)/.exec(example) ?? [];
  const [, token] = /Bearer ([0-9a-f]{64})/.exec(example) ?? [];

  const place = await openPlace(bob.page, `/chat/${CHANNEL}`, CHANNEL);
  const said = async (content: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await bob.context.request.post(url as string, { headers, data: { content } });
    expect(answer.ok()).toBe(true);
  };
  await said(`passed, says ${name}`);
  const report = place.stored(`passed, says ${name}`);
  await expect(report).toHaveAccessibleName(new RegExp(`^${name}, \\d\\d:\\d\\d$`));
  await expect(report.getByText('BOT', { exact: true })).toBeVisible();
  await place.say(`good, says ${bob.name}`);
  await expect(place.stored(`good, says ${bob.name}`)).toContainText(bob.name);

  // anybody may answer a bot, nobody may edit it, and only those who keep order may take it out
  await use(report, 'Reply in thread');
  await reply(bob.page, 'thank you, bot');
  await expect(report.getByRole('link', { name: /1 reply/ })).toBeVisible();
  await report.hover();
  for (const tool of ['Edit', 'Delete']) {
    await expect(report.getByRole('button', { name: tool, exact: true })).toHaveCount(0);
  }
  const ownersPlace = await openPlace(owner.page, `/chat/${CHANNEL}`, CHANNEL);
  await use(ownersPlace.stored(`passed, says ${name}`), 'Delete');
  await owner.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(report).toHaveCount(0);
  await expect(panel(bob.page)).toContainText('The message was deleted');
});

/** Sends replies through the app's own procedure, which is quicker than typing. */
async function sendReplies({ context, page }: Person, count: number): Promise<void> {
  const [, id] = /thread\/(\d+)/.exec(page.url()) ?? [];
  const root = await context.request.get('/api/trpc/messages.get', {
    params: { input: JSON.stringify({ json: { messageId: Number(id) } }) },
  });
  const { conversationId } = (await root.json()).result.data.json;
  for (let number = 1; number <= count; number++) {
    const answer = await context.request.post('/api/trpc/messages.send', {
      data: {
        json: { conversationId, threadRootId: Number(id), entries: [{ text: `reply number ${number}.` }] },
      },
    });
    expect(answer.ok()).toBe(true);
  }
}

test('a page of nothing but replies hides none of the channel, and a long thread loads as one reads back', async ({
  person,
}) => {
  const alice = await person('alice');
  const { page } = alice;
  await page.getByRole('button', { name: 'Create channel', exact: true }).click();
  const create = page.getByRole('dialog', { name: 'Create channel' });
  await create.getByRole('textbox', { name: 'Name' }).fill('quiet');
  await create.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(page).toHaveURL(/\/chat\/private\/\d+$/);
  const channel = page.url();
  const place = await openPlace(page, channel, 'quiet');
  await place.say('what the channel says');
  await openThread(place.stored('what the channel says'));
  await expect(page).toHaveURL(/\/thread\/\d+$/);
  await sendReplies(alice, 120);

  await page.reload();
  await expect(
    place.message('what the channel says').getByRole('link', { name: /120 replies/ }),
  ).toBeVisible();
  await expect(place.log).toContainText('This is the beginning');
  await expect(replies(page).last()).toContainText('reply number 120.');
  await expect(replies(page).filter({ hasText: 'number 60.' })).toHaveCount(0);
  await panel(page).getByRole('log').hover();
  await expect(async () => {
    await page.mouse.wheel(0, -600);
    await expect(replies(page).filter({ hasText: 'what the channel says' })).toBeInViewport({ timeout: 150 });
  }).toPass({ intervals: [50] });
  await expect(replies(page).filter({ hasText: 'number 1.' })).toBeVisible();
});

test('the keys lead into a thread and out again', async ({ person }) => {
  const { page } = await person('alice');
  await page.evaluate(() => localStorage.setItem('letterKeys', 'true'));
  const place = await openPlace(page, `/chat/${CHANNEL}`, CHANNEL);
  const words = `by keys ${Date.now()}`;
  await place.say(words);
  await expect(place.stored(words)).toBeVisible();
  await expect(async () => {
    await place.field.focus();
    await place.field.press('Escape');
    await page.keyboard.press('v');
    await expect(place.stored(words)).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole('toolbar', { name: 'Message actions' })).toBeVisible();
  await page.keyboard.press('t');
  await expect(replyField(page)).toBeFocused();
  await page.keyboard.type('typed in the thread');
  await page.keyboard.press('Enter');
  await expect(replies(page).last()).toContainText('typed in the thread');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  await expect(page).toHaveURL(`/chat/${CHANNEL}`);
});

test('on a phone a thread is a place of its own', async ({ person }) => {
  const { page } = await person('mobile', phone);
  const place = await openPlace(page, `/chat/${CHANNEL}`, CHANNEL);
  const words = `by thumb ${Date.now()}`;
  await place.field.fill(words);
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(place.stored(words)).toBeVisible();
  const box = await place.stored(words).boundingBox();
  await place.stored(words).dispatchEvent('pointerdown', {
    pointerType: 'touch',
    clientX: (box?.x ?? 0) + 80,
    clientY: (box?.y ?? 0) + 10,
    bubbles: true,
  });
  await page.getByRole('menuitem', { name: 'Reply in thread' }).tap();
  await expect(replyField(page)).toBeVisible();
  await expect(place.field).toBeHidden();
  await replyField(page).fill('with both thumbs');
  await panel(page).getByRole('button', { name: 'Send' }).tap();
  await expect(replies(page).last()).toContainText('with both thumbs');

  await panel(page).getByRole('button', { name: 'Back' }).tap();
  await expect(page).toHaveURL(`/chat/${CHANNEL}`);
  await expect(place.field).toBeVisible();
  await place
    .stored(words)
    .getByRole('link', { name: /1 reply/ })
    .tap();
  await expect(replies(page).last()).toContainText('with both thumbs');
  await page.goBack();
  await expect(place.field).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious around threads, ${colorScheme}`, async ({ person, expectConsole }) => {
    expectConsole(/404/);
    const [alice, bob] = [await person('alice', { colorScheme }), await person('bob')];
    const { page } = alice;
    const check = async (what: string) => {
      await stillness(page);
      expect(await seriousFindings(page), what).toEqual([]);
    };
    await page.goto('/chat/all/threads');
    await expect(page.getByText('No threads yet')).toBeVisible();
    await check('an empty inbox');
    const [mine, theirs] = await openBoth(alice, bob);
    const root = `looked at, by ${alice.name}`;
    await mine.say(root);
    await openThread(theirs.stored(root));
    await reply(bob.page, `an answer for @${alice.name}`);
    await mine
      .stored(root)
      .getByRole('link', { name: /1 reply/ })
      .click();
    await page.getByRole('checkbox', { name: 'Also send to channel' }).check();
    await reply(page, 'in both places');
    await expect(replies(page).last()).toContainText('Also sent');
    await replies(page).last().hover();
    await check('a thread');
    await page.goto('/chat/all/threads');
    await expect(page.getByRole('list', { name: 'Threads' }).getByRole('listitem')).toHaveCount(1);
    await check('the inbox');
    await openPlace(page, `/chat/${CHANNEL}`, CHANNEL);
    await use(mine.stored(root).filter({ hasNotText: 'Replied in a thread' }), 'More');
    await page.getByRole('menuitem', { name: 'Pin', exact: true }).click();
    await page.getByRole('button', { name: 'Pins', exact: true }).click();
    await expect(page.getByRole('complementary', { name: 'Pins' }).getByText(root)).toBeVisible();
    await check('pins');
    await page.getByRole('button', { name: 'Account menu' }).click();
    await expect(page.getByRole('menuitemradio', { name: 'Away' })).toBeVisible();
    await check('the account menu');
    await page.goto(`/chat/${CHANNEL}/thread/999999999`);
    await expect(panel(page)).toContainText('There is no such thread');
    await check('no thread');
  });
}
