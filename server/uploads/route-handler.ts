import type { Actor } from '#server/domain/kernel/actor';
import { env } from '#server/platform/env';
import { fileRouterFor, type Outcome } from '#server/uploads/file-router';
import { INGEST_URL, localToken } from '#server/uploads/signed-urls';

/** What UploadThing's library would tell its ingest server, which is us: kept instead of sent. */
export type Told = { callbackData?: unknown };

type HandlerFor = { actor: Actor | null; outcome: Outcome };

/** UploadThing's own route handler against its cloud, which UPLOADTHING_TOKEN names. */
export async function cloudHandler({ actor, outcome }: HandlerFor, token: string) {
  const { createRouteHandler } = await import('uploadthing/server');
  return createRouteHandler({
    router: await fileRouterFor(actor, outcome),
    config: { token, logLevel: 'Error' },
  });
}

/**
 * UploadThing's own route handler with this server as its ingest. Made anew for each request, which costs a few
 * milliseconds: so whatever it tells its ingest lands in `told` and nothing has to be remembered between requests.
 */
export async function localHandler({ actor, outcome }: HandlerFor, accountId: number, told: Told = {}) {
  const { createRouteHandler } = await import('uploadthing/server');
  return createRouteHandler({
    router: await fileRouterFor(actor, outcome),
    config: {
      token: localToken(accountId),
      ingestUrl: INGEST_URL,
      isDev: false,
      logLevel: 'None',
      handleDaemonPromise: 'await',
      fetch: async (input, init) => {
        if (new URL(String(input)).pathname.endsWith('/callback-result')) {
          Object.assign(told, JSON.parse(await new Response(init?.body as BodyInit).text()));
        }
        return Response.json({ ok: true });
      },
    },
  });
}

export function cloudToken(): string | undefined {
  return env().UPLOADTHING_TOKEN;
}
