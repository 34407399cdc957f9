import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import type { FirstPage } from '#app/_live/state.ts';
import { withNext } from '#app/(auth)/_form/next-target.ts';
import { ChatApp } from '#app/chat/_shell/chat-app.tsx';
import { LAST_READ_COOKIE, lastReadFromCookie } from '#app/chat/_shell/last-read.ts';
import { conversationAt, messageIdOf, placeOf } from '#app/chat/_shell/place.ts';
import { requestActor } from '#server/auth/request-actor';
import { createCaller } from '#server/trpc/root';

/** As many messages as the timeline asks for at a time. */
const PAGE_SIZE = 50;

/**
 * The chat client with everything its first paint needs, messages included; visitors are sent to sign in and come
 * back here. `search` is the query as it was asked, with its question mark.
 */
export async function loadChat(pathname: string, search: string) {
  const place = placeOf(pathname);
  if (!place) notFound();
  const given = await headers();
  const actor = await requestActor(given);
  if (!actor) redirect(withNext('/login', place.kind === 'home' ? null : pathname + search));

  const caller = createCaller({ actor, requestId: given.get('x-request-id') ?? randomUUID() });
  const bootstrap = await caller.session.bootstrap();
  const lastRead = lastReadFromCookie((await cookies()).get(LAST_READ_COOKIE)?.value);
  const mine = { id: actor.accountId, last: lastRead };
  const conversation = conversationAt(place, bootstrap.conversations, mine);
  const firstPage = conversation && (await firstPageOf(caller, conversation.id, messageIdOf(search)));
  return <ChatApp bootstrap={bootstrap} firstPage={firstPage ?? undefined} lastRead={lastRead} />;
}

/** A message that is not there, or not here, is the timeline's to explain: it gets no page. */
async function firstPageOf(
  caller: ReturnType<typeof createCaller>,
  conversationId: number,
  messageId: number | null,
): Promise<FirstPage | null> {
  if (messageId !== null) return null;
  return { conversationId, page: await caller.messages.page({ conversationId, limit: PAGE_SIZE }) };
}
