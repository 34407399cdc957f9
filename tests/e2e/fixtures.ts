// What every journey starts from: people who are signed in, each in a browser of their own, on a quiet console.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';

export const PASSWORD = 'Correct-horse-7!';

/** Somebody with an account, looking at the app. */
export type Person = { name: string; page: Page; context: BrowserContext };

export type PersonOptions = Parameters<import('@playwright/test').Browser['newContext']>[0];

type Fixtures = {
  /** signs up a new person, whose name begins with `name`, and opens the app as them */
  person: (name: string, options?: PersonOptions) => Promise<Person>;
  /** the same for somebody who administers the server */
  administrator: (name: string, options?: PersonOptions) => Promise<Person>;
  /** declares that a console line matching `words` is part of what the test does */
  expectConsole: (words: RegExp) => void;
};

export const test = base.extend<Fixtures & { quiet: Quiet }>({
  quiet: async ({ baseURL }, use) => {
    const quiet = new Quiet(baseURL as string);
    await use(quiet);
    expect(quiet.complaints(), 'console errors, page errors, foreign requests').toEqual([]);
  },

  expectConsole: async ({ quiet }, use) => use((words) => quiet.expected.push(words)),

  page: async ({ page, quiet }, use) => {
    quiet.watch(page.context());
    await use(page);
  },

  person: async ({ browser, baseURL, quiet }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (name, options) => {
      const context = await browser.newContext({ ...options, baseURL });
      contexts.push(context);
      quiet.watch(context);
      const unique = `${name}-${randomBytes(3).toString('hex')}`;
      const answer = await context.request.post('/signup', {
        form: { username: unique, password: PASSWORD, confirm_password: PASSWORD },
        maxRedirects: 0,
      });
      expect(answer.status(), `${unique} signs up`).toBe(302);
      const page = await context.newPage();
      await page.goto('/');
      return { name: unique, page, context };
    });
    for (const context of contexts) await context.close();
  },

  administrator: async ({ person }, use) => {
    await use(async (name, options) => {
      const made = await person(name, options);
      await grantAdministrator(made.name);
      await made.page.reload();
      return made;
    });
  },
});

/** By the command that whoever has the machine would use, beside the running server. */
async function grantAdministrator(username: string): Promise<void> {
  const environment = { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR, DATABASE_URL: '' };
  await promisify(execFile)(process.execPath, ['bin/admin.mjs', 'grant', username], { env: environment });
}

/** Collects what must not happen in any journey. */
class Quiet {
  readonly expected: RegExp[] = [];
  readonly #lines: string[] = [];

  constructor(private readonly origin: string) {}

  watch(context: BrowserContext): void {
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#lines.push(`console: ${message.text()}`);
    });
    context.on('weberror', (failure) => this.#lines.push(`page: ${failure.error().message}`));
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && url.origin !== this.origin) this.#lines.push(`foreign: ${url}`);
    });
  }

  complaints(): string[] {
    return this.#lines.filter((line) => !this.expected.some((words) => words.test(line)));
  }
}

export { expect };
