import { createCallerFactory, router } from '#server/trpc/procedure';
import { admin } from '#server/trpc/routers/admin';
import { conversations } from '#server/trpc/routers/conversations';
import { live } from '#server/trpc/routers/live';
import { messages } from '#server/trpc/routers/messages';
import { people } from '#server/trpc/routers/people';
import { presence, typing } from '#server/trpc/routers/presence';
import { previews } from '#server/trpc/routers/previews';
import { profile } from '#server/trpc/routers/profile';
import { reactions } from '#server/trpc/routers/reactions';
import { mentions, reads } from '#server/trpc/routers/reads';
import { search } from '#server/trpc/routers/search';
import { session } from '#server/trpc/routers/session';
import { pins, threads } from '#server/trpc/routers/threads';

/** The internal API of the web app: the nested names are its paths (`messages.send`). */
export const appRouter = router({
  session,
  conversations,
  messages,
  reactions,
  reads,
  mentions,
  search,
  people,
  presence,
  typing,
  threads,
  pins,
  profile,
  previews,
  admin,
  live,
});

export type AppRouter = typeof appRouter;

/** The same procedures for server components: `createCaller(context).session.bootstrap()`. */
export const createCaller = createCallerFactory(appRouter);
