/** The way somebody came in; kept with the session and shown in the list of devices. */
export type Face = 'web' | 'minimost' | 'mikrochat' | 'messenger' | 'chatalot';

export type InstanceRole = 'owner' | 'admin' | 'member';

/** On whose behalf a command or read runs, and how they signed in. Made by server/auth only. */
export type Actor = {
  readonly accountId: number;
  /** canonical spelling */
  readonly username: string;
  readonly role: InstanceRole;
  /** null for an access token that has outlived its session */
  readonly sessionId: number | null;
  readonly face: Face;
};

/**
 * Somebody as others see them: `name` is the username, or "Deleted User" once the account is gone; `displayName` what
 * they like to be called instead, if they said so.
 */
export type Person = { id: number; name: string; displayName: string | null };

export const DELETED_NAME = 'Deleted User';
