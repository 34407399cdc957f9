// What several journeys do in a conversation, by the names that people and screen readers know.
import type { Locator, Page } from '@playwright/test';
import { expect, type Person } from './fixtures.ts';

/** A conversation as one person has it open. */
export class Place {
  constructor(
    readonly page: Page,
    readonly name: string,
  ) {}

  get log(): Locator {
    return this.page.getByRole('log', { name: `Messages in ${this.name}`, exact: true });
  }

  get field(): Locator {
    return this.page.getByRole('textbox', { name: `Message ${this.name}`, exact: true });
  }

  message(text: string | RegExp): Locator {
    return this.log.getByRole('article').filter({ hasText: text });
  }

  /** The same once the server has it: only then can it be edited. */
  stored(text: string): Locator {
    return this.log.locator('article[data-message]').filter({ hasText: text });
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }
}

/** Opens the direct conversation of two people in both their browsers. */
export async function openDirect(one: Person, other: Person): Promise<[Place, Place]> {
  return Promise.all([
    openPlace(one.page, `/chat/dm/${other.name}`, other.name),
    openPlace(other.page, `/chat/dm/${one.name}`, one.name),
  ]);
}

export async function openPlace(page: Page, path: string, name: string): Promise<Place> {
  await page.goto(path);
  const place = new Place(page, name);
  await expect(place.field).toBeVisible();
  return place;
}

/** Uses a tool of a message; again when what others say in the channel has moved the message away from the pointer. */
export async function use(message: Locator, tool: string): Promise<void> {
  await expect(async () => {
    await message.hover({ timeout: 2_000 });
    await message.getByRole('button', { name: tool, exact: true }).click({ timeout: 2_000 });
  }).toPass();
}
