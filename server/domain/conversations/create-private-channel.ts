import type { Actor } from '#server/domain/kernel/actor';

/** Founding members by name (any letter case) or by id, or both; who doesn't exist is left out. */
export type CreatePrivateChannel = {
  name: string;
  usernames?: readonly string[];
  accountIds?: readonly number[];
};

export async function createPrivateChannel(
  _actor: Actor,
  _input: CreatePrivateChannel,
): Promise<{ id: number; name: string }> {
  throw new Error('not written yet');
}
