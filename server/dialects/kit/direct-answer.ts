import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type AnswerSpecs, type LooseReply, plainAnswerOf } from '#server/dialects/kit/answers';

/**
 * Writes a reply whose body is at hand straight to the connection, and answers with what tells Hono's adapter so:
 * making a `Response` of a string and reading it back through its stream costs more than all the rest of a small
 * request. Null for replies that their handler made a response of.
 */
export function sendDirectly(
  outgoing: ServerResponse,
  specs: AnswerSpecs,
  reply: LooseReply,
): Response | null {
  const plain = plainAnswerOf(specs, reply);
  if (!plain) return null;
  const { status, headers, body } = plain;
  if (body === null) outgoing.writeHead(status, headers).end();
  else outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
  return RESPONSE_ALREADY_SENT;
}
