import type { AccountView } from '#server/domain/accounts/account';
import type { Person } from '#server/domain/kernel/actor';

/** An account beside what it wrote. */
export function personOf({
  id,
  username,
  displayName,
}: Pick<AccountView, 'id' | 'username' | 'displayName'>): Person {
  return { id, name: username, displayName };
}
