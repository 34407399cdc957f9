import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Person, test } from '#tests/e2e/fixtures';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const CHANNEL = 'off-topic';
const log = ({ page }: Person) => page.getByRole('log', { name: `Messages in ${CHANNEL}` });
const field = ({ page }: Person) => page.getByRole('textbox', { name: `Message ${CHANNEL}` });
const said = (person: Person, text: string) => log(person).getByRole('article').filter({ hasText: text });

// One red pixel.
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const picture = (name: string) => ({ name, mimeType: 'image/png', buffer: PNG });

async function open(person: Person): Promise<void> {
  await person.page.goto(`/chat/${CHANNEL}`);
  await expect(field(person)).toBeVisible();
}

async function attach(person: Person, ...files: { name: string; mimeType: string; buffer: Buffer }[]) {
  const chooser = person.page.waitForEvent('filechooser');
  await person.page.getByRole('button', { name: 'Attach files' }).click();
  await (await chooser).setFiles(files);
}

test('files travel with their message, and images open large', async ({ person }) => {
  const [alice, bob] = await Promise.all([person('alice'), person('bob')]);
  await Promise.all([open(alice), open(bob)]);
  const words = `pictures by ${alice.name}`;

  await attach(alice, picture('one.png'), picture('two.png'), picture('not this one.png'));
  await alice.page.getByRole('button', { name: 'Remove not this one.png' }).click();
  await expect(alice.page.getByRole('button', { name: 'Remove two.png' })).toBeVisible();
  await field(alice).fill(words);
  await expect(alice.page.getByRole('button', { name: 'Send' })).toBeEnabled();
  await field(alice).press('Enter');

  const first = said(bob, words).getByRole('button', { name: /one\.png/ });
  await expect(first).toBeVisible();
  await expect(said(bob, words).getByRole('img')).toHaveCount(2);
  await first.click();
  const dialog = bob.page.getByRole('dialog', { name: 'Image' });
  await expect(dialog.getByRole('img', { name: 'one.png' })).toBeVisible();
  await bob.page.keyboard.press('ArrowRight');
  await expect(dialog.getByRole('img', { name: 'two.png' })).toBeVisible();
  await bob.page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(first).toBeFocused();
});

test('a file that is too large is refused before it is sent', async ({ person }) => {
  const alice = await person('alice');
  await open(alice);
  await attach(alice, {
    name: 'huge.png',
    mimeType: 'image/png',
    buffer: Buffer.alloc(26 * 1024 * 1024 + 1),
  });
  await expect(alice.page.getByRole('alert').filter({ hasText: 'Larger than' })).toBeVisible();
  await expect(alice.page.getByRole('button', { name: 'Send' })).toBeDisabled();
});

test('a draft keeps its files over a reload', async ({ person }) => {
  const alice = await person('alice');
  await open(alice);
  await attach(alice, picture('kept.png'));
  await field(alice).fill('half a thought');
  await expect(alice.page.getByRole('button', { name: 'Send' })).toBeEnabled();
  await alice.page.reload();
  await expect(field(alice)).toHaveValue('half a thought');
  await expect(alice.page.getByRole('button', { name: 'Remove kept.png' })).toBeVisible();
});

test('on a phone a long press opens what hovering shows elsewhere', async ({ person }) => {
  const alice = await person('alice', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await open(alice);
  const words = `long press ${alice.name}`;
  await field(alice).fill(words);
  await alice.page.getByRole('button', { name: 'Send' }).tap();
  // A message that is still being sent has no tools yet.
  await expect(said(alice, words)).toHaveAttribute('data-message', /\d+/);
  const box = await said(alice, words).boundingBox();
  const touch = await alice.context.newCDPSession(alice.page);
  const at = { x: (box?.x ?? 0) + 120, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
  await expect(alice.page.getByRole('menuitem', { name: 'Reply', exact: true })).toBeVisible();
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect(alice.page.getByRole('menuitem')).toHaveText([
    'React',
    'Reply',
    'Reply in thread',
    'Edit',
    'Copy text',
    'Copy link',
    'Mark unread from here',
    'Pin',
    'Delete',
  ]);
});

test('a conversation, its tools and the emoji picker have no serious barrier', async ({ person }) => {
  const alice = await person('alice');
  await open(alice);
  const words = `accessible ${alice.name}`;
  await field(alice).fill(
    `**${words}** with \`code\`\n\n\`\`\`js\nlet a = 1\n\`\`\`\n> quote\n\nhttps://example.org`,
  );
  await field(alice).press('Enter');
  await expect(said(alice, words).getByRole('button', { name: 'Copy' })).toBeVisible();
  await said(alice, words).hover();
  await said(alice, words).getByRole('button', { name: 'React' }).click();
  await expect(alice.page.getByRole('searchbox', { name: 'Search emoji' })).toBeVisible();
  await alice.page.evaluate(axe);
  const serious = await alice.page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (options: object) => Promise<{ violations: Violation[] }> };
    };
    type Violation = { id: string; impact: string; nodes: { html: string }[] };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  });
  expect(serious).toEqual([]);
});
