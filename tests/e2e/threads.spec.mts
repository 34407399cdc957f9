import type { Locator, Page } from '@playwright/test';
import { expect, type Person, test } from './fixtures.ts';
import { openPlace, type Place } from './places.ts';

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

/** Tries again when what others say in the channel has moved the message away from the pointer. */
async function use(message: Locator, tool: string): Promise<void> {
  await expect(async () => {
    await message.hover({ timeout: 1_000 });
    await message.getByRole('button', { name: tool, exact: true }).click({ timeout: 1_000 });
  }).toPass();
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
