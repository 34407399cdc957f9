import { createCaller } from '#server/trpc/root';

/** How a visitor may come in, as the login pages ask it. */
export function askSignInWays() {
  return createCaller({ actor: null, requestId: 'page' }).session.ways();
}

export type Ways = Awaited<ReturnType<typeof askSignInWays>>;
