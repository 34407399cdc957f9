// tRPC as a browser speaks it, through either of its doors.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import superjson from 'superjson';
import { sealSessionCookie } from '#server/auth/session-cookie';
import type { Actor } from '#server/domain/kernel/actor';
import { answerTrpc, answerTrpcRequest, ENDPOINT } from '#server/trpc/respond';
import { type Answer, type Door, doorTo, nextDoor } from '#tests/support/door';
import { signedInAgain } from '#tests/support/people';

/** node:http as main.ts uses it, and Next's route handler. */
export async function openDoors(): Promise<Door[]> {
  const server = createServer(answerTrpc);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const door = doorTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'main');
  const main: Door = {
    ...door,
    async close() {
      await door.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return [main, nextDoor({ GET: answerTrpcRequest, POST: answerTrpcRequest })];
}

/** The headers with which a browser proves that this is somebody; a new session each. */
export async function cookieOf(actor: Actor): Promise<Record<string, string>> {
  const { token } = await signedInAgain(actor);
  const cookie = await sealSessionCookie(token, { secure: false });
  return { cookie: cookie.split(';', 1)[0] as string };
}

type Call = { headers?: Record<string, string>; input?: unknown };

export function query(door: Door, path: string, { headers = {}, input }: Call = {}): Promise<Answer> {
  const search =
    input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(superjson.serialize(input)))}`;
  return door.ask({ method: 'GET', path: `${ENDPOINT}/${path}${search}`, headers });
}

export function mutate(door: Door, path: string, { headers = {}, input }: Call = {}): Promise<Answer> {
  return door.ask({
    method: 'POST',
    path: `${ENDPOINT}/${path}`,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(superjson.serialize(input ?? null))),
  });
}

/** What a call answered. */
export function resultOf<T>(answer: Answer): T {
  const { result } = JSON.parse(answer.text);
  return superjson.deserialize(result.data) as T;
}

/** How a call was refused. */
export function errorOf(answer: Answer): {
  message: string;
  data: { code: string; failure: unknown; stack?: string };
} {
  return superjson.deserialize(JSON.parse(answer.text).error);
}
