import type { Actor } from '#server/domain/kernel/actor';

export type ChangePassword = { currentPassword: string; password: string; confirmation: string };

export async function changePassword(_actor: Actor, _input: ChangePassword): Promise<void> {
  throw new Error('not written yet');
}
