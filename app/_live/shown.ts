import type { Message, Person } from '#app/_live/model.ts';

/** Whether a message stands in its conversation itself: what is deleted is nowhere, most replies are in their thread. */
export function isShown({ deletedAt, threadRootId, counts }: Message): boolean {
  return deletedAt === null && (threadRootId === null || counts);
}

/** What somebody likes to be called. */
export function shownName({ name, displayName }: Pick<Person, 'name' | 'displayName'>): string {
  return displayName ?? name;
}

/** Who wrote a message, as its readers are told: a person, a bot, or Parley itself. */
export function authorName({ sender, bot }: Pick<Message, 'sender' | 'bot'>): string {
  return sender?.name ?? bot?.name ?? PRODUCT_NAME;
}

export const PRODUCT_NAME = 'Parley';
