import { env } from '#server/platform/env';

type Tree = { [name: string]: unknown };

/** What the environment says about keys of settings.json (mikrochat.md §1.4): holds where the file says nothing. */
export function environmentSettings(): Tree {
  const given = env();
  return {
    auth: { appUrl: given.APP_URL, jwtSecret: given.AUTH_JWT_SECRET },
    email: { host: given.EMAIL_HOST, user: given.EMAIL_USER, password: given.EMAIL_PASSWORD },
    chat: {
      initialUser: {
        userName: given.INITIAL_USER_NAME,
        email: given.INITIAL_USER_EMAIL,
        password: given.INITIAL_USER_PASSWORD,
      },
    },
  };
}

/** `given` with everything of `source` that it leaves out or empty. */
export function filledFrom(source: Tree, given: Tree): Tree {
  const filled = { ...given };
  for (const [name, value] of Object.entries(source)) {
    const present = given[name];
    if (isTree(value)) {
      // what isn't a group where one belongs is unusable, and counts as nothing
      filled[name] = filledFrom(value, isTree(present) ? present : {});
    } else if (value !== undefined && (present === undefined || present === null || present === '')) {
      filled[name] = value;
    }
  }
  return filled;
}

function isTree(value: unknown): value is Tree {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
