// Every other way in than a username and a password of one's own: links by mail, providers, invitations.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { type OAuthProviderServer, startOAuthProvider } from '../support/oauth-provider.ts';
import { freePort, startServer } from '../support/server-process.ts';
import { seriousFindings } from './axe.ts';
import { test as base, expect, PASSWORD } from './fixtures.ts';

type World = {
  baseUrl: string;
  mail: MailServer;
  provider: OAuthProviderServer;
  /** as an administrator edits the file */
  configure: (auth: object) => void;
};

/** A server of these tests' own: how it lets people in changes under them. */
const test = base.extend<object, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, and this one needs nothing
    async ({}, use) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'parley-e2e-sign-in-'));
      const [mail, provider] = [await startMailServer(), await startOAuthProvider()];
      provider.profile = { email: 'olga@a.example', email_verified: true, name: 'Olga' };
      const configure = (auth: object) => {
        const oauth = { custom: [provider.settings('home', { name: 'Home' })] };
        const settings = { rate_limit_enabled: false, login_failure_delay_seconds: 0, auth, oauth };
        writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings));
      };
      configure({});
      const PORT = String(await freePort());
      const server = await startServer('bin/start.mjs', {
        PORT,
        DATA_DIR: dataDir,
        LOG_LEVEL: 'warn',
        SMTP_URL: mail.url,
      });
      await use({ baseUrl: server.baseUrl, mail, provider, configure });
      await server.stop();
      await Promise.all([mail.close(), provider.close()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ world }, use) => use(world.baseUrl),
});

// one server, one way in at a time
test.describe.configure({ mode: 'serial' });

/** The link in the newest mail to somebody, once it has come. */
async function linkTo({ mail }: World, recipient: string): Promise<string> {
  const find = () =>
    mail.received.findLast(({ to }) => !Array.isArray(to) && to?.text === recipient)?.text ?? '';
  await expect.poll(find).toContain('http');
  return /^http\S+$/m.exec(find())?.[0] as string;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a mailed link lets somebody new in, once', async ({ page, world }) => {
    world.configure({ authMode: 'magic-link' });
    await page.goto('/login?next=%2Fchat%2Fgeneral');
    await page.getByRole('textbox', { name: 'Email address' }).fill('nina@a.example');
    await button(page, 'Send me a link').click();
    await expect(page.getByRole('status')).toContainText('a link is on its way');

    const link = await linkTo(world, 'nina@a.example');
    await page.goto(link);
    await expect(page.getByText('You are about to log in as nina@a.example.')).toBeVisible();
    // looking at it used nothing up
    await page.goto(link);
    await button(page, 'Log in').click();
    await expect(page).toHaveURL('/');
    await expect(page.getByRole('link', { name: 'general' })).toBeVisible();

    await page.context().clearCookies();
    await page.goto(link);
    await button(page, 'Log in').click();
    await expect(page.getByRole('alert')).toHaveText(
      'That link does not work any more. Ask for another one.',
    );
  });

  test('a forgotten password is replaced by a link', async ({ page, world }) => {
    world.configure({});
    await page.request.post('/auth/register', { data: { email: 'fred@a.example', password: 'forgotten' } });
    await page.goto('/login');
    await page.getByRole('link', { name: 'Forgotten your password?' }).click();
    await page.getByRole('textbox', { name: 'Email address' }).fill('fred@a.example');
    await button(page, 'Send me a link').click();
    await expect(page.getByRole('status')).toContainText('a link is on its way');

    await page.goto(await linkTo(world, 'fred@a.example'));
    await page.getByLabel('New password').fill('weak');
    await page.getByLabel('Confirm password').fill('weak');
    await button(page, 'Set password').click();
    await expect(page.getByRole('alert')).toHaveText('The password needs at least 8 characters.');
    await page.getByLabel('New password').fill(PASSWORD);
    await page.getByLabel('Confirm password').fill(PASSWORD);
    await button(page, 'Set password').click();
    await expect(page).toHaveURL('/');

    await page.context().clearCookies();
    await page.goto('/login');
    await page.getByRole('textbox', { name: 'Username' }).fill('fred@a.example');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await button(page, 'Log in').click();
    await expect(page).toHaveURL('/');
  });
});

test('a provider lets somebody in, where they wanted to go', async ({ page, world, expectConsole }) => {
  expectConsole(new RegExp(`^foreign: ${world.provider.url}`));
  world.configure({});
  await page.goto('/chat/general');
  await page.getByRole('link', { name: 'Continue with Home' }).press('Enter');
  await expect(page).toHaveURL('/chat/general');
  await expect(page.getByRole('log', { name: 'Messages in general' })).toBeVisible();

  await page.goto('/chat/settings/security');
  await expect(page.getByText('Your address is olga@a.example.')).toBeVisible();
  await button(page, 'Send me a link to set one').click();
  await page.goto(await linkTo(world, 'olga@a.example'));
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('Confirm password').fill(PASSWORD);
  await expect(page.getByRole('listitem').filter({ hasText: 'Both entries' })).toHaveText(/: met$/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/');
  await page.goto('/chat/settings/security');
  await expect(page.getByLabel('Current password')).toBeVisible();
});

test('an address is added by opening a link, and everything signed in elsewhere is ended', async ({
  person,
  world,
  expectConsole,
}) => {
  // the password that is wrong at first
  expectConsole(/status of 403/);
  world.configure({});
  const { page, name } = await person('ada');
  const other = await page.request.post('/auth/password-login', {
    data: { email: name, password: PASSWORD },
  });
  const { refreshToken } = await other.json();
  await page.goto('/chat/settings/security');
  const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
  await expect(sessions.filter({ hasText: 'MikroChat client' })).toHaveCount(1);
  await button(page, 'Sign out everywhere else').click();
  await expect(sessions).toHaveCount(1);
  expect((await page.request.post('/auth/refresh', { data: { refreshToken } })).status()).toBe(401);

  const field = page.getByRole('textbox', { name: 'Email address' });
  await field.fill(`${name}@a.example`);
  await page.getByLabel('Your password').fill('wrong');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('The password is not right.');
  await page.getByLabel('Your password').fill(PASSWORD);
  await field.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'on its way' })).toBeVisible();
  await page.goto(await linkTo(world, `${name}@a.example`));
  await button(page, 'Confirm').click();
  await expect(page.getByRole('status')).toContainText('is confirmed');
  await page.getByRole('link', { name: 'Go on to Parley' }).click();
  await page.goto('/chat/settings/security');
  await expect(page.getByText(`Your address is ${name}@a.example.`)).toBeVisible();

  await button(page, 'Remove address…').click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('You have no address here.')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on the ways in, on a phone, ${colorScheme}`, async ({ browser, world }) => {
    const context = await browser.newContext({
      baseURL: world.baseUrl,
      colorScheme,
      viewport: { width: 390, height: 844 },
    });
    const page = await context.newPage();
    const look = async (path: string, heading: string) => {
      await page.goto(path);
      await expect(page.getByRole('heading', { name: heading })).toBeVisible();
      expect(await seriousFindings(page), path).toEqual([]);
      const overflows = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(overflows, path).toBe(false);
    };
    world.configure({ authMode: 'magic-link', isInviteRequired: true });
    await look('/login?sent=link', 'Log in');
    await look('/signup', 'Create an account');
    await expect(page.getByText('New people need an invitation here.')).toBeVisible();
    await look('/login/forgotten?sent=link', 'Forgotten your password?');
    await look(`/login/link?email=${'long'.repeat(30)}@a.example&token=x&error=token`, 'Log in');
    await look(`/login/password?email=${'long'.repeat(30)}@a.example&token=x`, 'Choose a password');
    await look('/login/email?email=a@a.example&token=x', 'Confirm your address');
    await look('/login/email?email=a@a.example&done=yes', 'Confirm your address');
    world.configure({});
    await context.close();
  });
}
