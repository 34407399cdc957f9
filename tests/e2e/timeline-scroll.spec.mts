import { expect, type Person, test } from '#tests/e2e/fixtures';

// One channel for these journeys: elsewhere people don't expect hundreds of messages.
const CHANNEL = 'firmware';
const log = ({ page }: Person) => page.getByRole('log', { name: `Messages in ${CHANNEL}` });
const said = (person: Person, text: string) =>
  log(person)
    .getByRole('article')
    .filter({ has: person.page.getByText(text, { exact: true }) });

/** Sends through the documented API, which is quicker than typing. */
async function fill(person: Person, name: string, count: number): Promise<void> {
  for (let number = 1; number <= count; number++) {
    const answer = await person.context.request.post(`/send/${CHANNEL}`, {
      form: { text: `${name} ${number}` },
    });
    expect(answer.status()).toBe(200);
  }
}

async function open(person: Person, search = ''): Promise<void> {
  await person.page.goto(`/chat/${CHANNEL}${search}`);
  await expect(log(person).getByRole('article').last()).toBeVisible();
}

const distanceFromEnd = (person: Person) =>
  log(person).evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight));

/** Turns the wheel until the text is in view, and waits until nothing moves. */
async function scrollTo(person: Person, text: string, step: number): Promise<void> {
  await log(person).hover();
  await expect(async () => {
    await person.page.mouse.wheel(0, step);
    await expect(said(person, text)).toBeInViewport({ timeout: 150 });
  }).toPass({ intervals: [50] });
  let before = -1;
  await expect(async () => {
    const now = await distanceFromEnd(person);
    const isStill = now === before;
    before = now;
    expect(isStill).toBe(true);
  }).toPass({ intervals: [150] });
}

/** What stands in the middle of the view, and where exactly. */
const middle = (person: Person) =>
  log(person).evaluate((box) => {
    const { left, top, width, height } = box.getBoundingClientRect();
    const article = document.elementFromPoint(left + width / 2, top + height / 2)?.closest('article');
    return { message: article?.dataset.message, y: Math.round(article?.getBoundingClientRect().y ?? 0) };
  });

test.describe.configure({ mode: 'serial' });

test('opens at the end and loads older messages without moving what is read', async ({ person }) => {
  const alice = await person('alice');
  const run = `older ${alice.name}`;
  await fill(alice, run, 180);
  await open(alice);
  await expect(said(alice, `${run} 180`)).toBeInViewport();
  expect(await distanceFromEnd(alice)).toBeLessThanOrEqual(1);

  await scrollTo(alice, `${run} 20`, -500);
  expect(await log(alice).getByRole('article').count()).toBeLessThanOrEqual(400);

  await alice.page.getByRole('button', { name: 'Jump to latest' }).click();
  await expect(said(alice, `${run} 180`)).toBeInViewport();
  await expect(alice.page.getByRole('button', { name: 'Jump to latest' })).toHaveCount(0);
});

test('counts what arrives below, and follows it while the end is in view', async ({ person }) => {
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  const run = `below ${alice.name}`;
  await fill(alice, run, 60);
  await open(alice);
  await fill(bob, `followed ${bob.name}`, 1);
  await expect(said(alice, `followed ${bob.name} 1`)).toBeInViewport();

  await scrollTo(alice, `${run} 15`, -300);
  const before = await middle(alice);
  await fill(bob, `unseen ${bob.name}`, 3);
  const pill = alice.page.getByRole('button', { name: '3 new messages' });
  await expect(pill).toBeVisible();
  expect(await middle(alice)).toEqual(before);
  await pill.click();
  await expect(said(alice, `unseen ${bob.name} 3`)).toBeInViewport();
});

test('a link opens at its message, in the middle of history, and the way down loads the rest', async ({
  person,
}) => {
  const alice = await person('alice');
  const run = `linked ${alice.name}`;
  await fill(alice, run, 150);
  const rows = (await (await alice.context.request.get(`/messages/${CHANNEL}`)).json()) as {
    id: number;
    content: string;
  }[];
  const id = rows.find(({ content }) => content === `${run} 30`)?.id;
  await open(alice, `?message=${id}`);
  const target = said(alice, `${run} 30`);
  await expect(target).toBeInViewport();
  await expect(target).toHaveAttribute('aria-current', 'true');
  await scrollTo(alice, `${run} 150`, 900);
  await expect(alice.page.getByRole('button', { name: 'Jump to latest' })).toHaveCount(0);
});

test('the line "New messages" stands where I left off, and a button leads to it', async ({ person }) => {
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  await open(alice);
  await alice.page.goto('/chat/general');
  const run = `unread ${bob.name}`;
  await fill(bob, run, 120);
  const link = alice.page
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('link', { name: CHANNEL });
  await expect(link).toHaveAccessibleName(new RegExp(`^${CHANNEL}, \\d+ unread$`));
  await link.click();
  await expect(said(alice, `${run} 120`)).toBeInViewport();
  await expect(link).toHaveAccessibleName(CHANNEL);
  await alice.page.getByRole('button', { name: 'Jump to first unread' }).click();
  await expect(said(alice, `${run} 1`)).toBeInViewport();
  await expect(log(alice).getByRole('separator', { name: 'New messages' })).toBeInViewport();
  await alice.page.goto('/chat/general');
  await link.click();
  await expect(said(alice, `${run} 120`)).toBeInViewport();
  await expect(log(alice).getByRole('separator', { name: 'New messages' })).toHaveCount(0);
});

test('marking unread from a message holds until the conversation is left', async ({ person }) => {
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  await open(alice);
  await fill(bob, `again ${bob.name}`, 3);
  const second = said(alice, `again ${bob.name} 2`);
  await second.hover();
  await second.getByRole('button', { name: 'More' }).click();
  await alice.page.getByRole('menuitem', { name: 'Mark unread from here' }).click();
  const link = alice.page
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('link', { name: CHANNEL });
  await expect(link).toHaveAccessibleName(`${CHANNEL}, 2 unread`);
  await expect(log(alice).getByRole('separator', { name: 'New messages' })).toBeVisible();
});
