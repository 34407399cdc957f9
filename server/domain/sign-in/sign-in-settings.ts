import { holdAdministrator, requireAdministrator } from '#server/domain/accounts/administration';
import { recordAudit } from '#server/domain/audit/record-audit';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { publishServerChanged } from '#server/domain/server/server-changed';
import { authMode } from '#server/domain/sign-in/auth-mode';
import { env } from '#server/platform/env';
import { loginSettings, rewriteSettingsFile } from '#server/platform/settings';
import { AuthMode, Settings } from '#server/platform/settings-schema';

/** How people sign in, as an administrator may change it while the server runs. */
export type SignInSettings = {
  authMode: AuthMode;
  isInviteRequired: boolean;
  /** where a MikroChat client is served; "" for nowhere */
  appUrl: string;
};

/** Refuses `forbidden` `not_an_administrator`. */
export async function readSignInSettings(actor: Actor): Promise<SignInSettings> {
  await requireAdministrator(actor);
  return current();
}

/**
 * Writes some of them into settings.json, whose other keys stay as they are; they hold at once. Refuses `forbidden`
 * `not_an_administrator`, `invalid` `auth_mode` (no such mode, or `dev` in production) and `invalid` `app_url`, and
 * then changes nothing.
 */
export async function changeSignInSettings(
  actor: Actor,
  changes: Partial<SignInSettings>,
): Promise<SignInSettings> {
  await requireAdministrator(actor);
  const { authMode: mode, appUrl } = changes;
  if (mode !== undefined) {
    const isSafe = mode !== 'dev' || env().NODE_ENV !== 'production';
    refuseUnless(AuthMode.safeParse(mode).success && isSafe, 'invalid', 'auth_mode');
  }
  if (appUrl !== undefined) refuseUnless(isKept(appUrl), 'invalid', 'app_url');
  await transaction(async (db) => {
    await holdAdministrator(db, actor);
    await recordAudit(db, actor, {
      action: 'server.sign_in.update',
      targetType: 'server',
      metadata: { ...changes },
    });
    await publishServerChanged(db);
    // last, so that a file that can't be written undoes the rest
    rewriteSettingsFile((given) => ({ ...given, auth: { ...groupOf(given.auth), ...changes } }));
  });
  return current();
}

function current(): SignInSettings {
  const { isInviteRequired, appUrl } = loginSettings().auth;
  return { authMode: authMode(), isInviteRequired, appUrl };
}

/** Whether the schema would take it, apart from the slash it leaves away at the end. */
function isKept(appUrl: string): boolean {
  return appUrl === '' || Settings.parse({ auth: { appUrl } }).auth.appUrl !== '';
}

function groupOf(value: unknown): object {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}
