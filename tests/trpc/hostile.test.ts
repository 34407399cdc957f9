import { type AnyTRPCProcedure, TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { closeHub } from '#server/live/hub';
import { prisma } from '#server/platform/database';
import { appRouter, createCaller } from '#server/trpc/root';
import { newcomers, openChannels } from '#tests/support/people';
import { say } from '#tests/support/say';

const LARGEST = Number.MAX_SAFE_INTEGER;
const NUMBERS = [
  1,
  0,
  -1,
  1.5,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  LARGEST,
  LARGEST + 1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
];
const TEXTS = [
  '',
  ' ',
  'general',
  'x'.repeat(20_000),
  '👍',
  '\ud800',
  '%_\\',
  "'; --",
  '\u0000',
  '\u202e',
  '@everyone',
];
const OTHERS = [
  null,
  undefined,
  true,
  {},
  [],
  [1],
  ['x'],
  [LARGEST],
  [{}],
  [{ text: '\ud800' }],
  [{ fileIds: [LARGEST] }],
];
const VALUES = [...NUMBERS, ...TEXTS, ...OTHERS];

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>);
let alice: Actor;

beforeAll(async () => {
  await openChannels('general');
  [alice] = await newcomers('alice', 'bob');
  const channel = await prisma.conversation.findUniqueOrThrow({ where: { configuredName: 'general' } });
  await say(alice, Number(channel.id), 'something to be found under the small ids');
});

afterAll(closeHub);

/** The keys of a procedure's input; empty for those without one. */
function keysOf({ _def }: AnyTRPCProcedure): string[] {
  const [input] = (_def as unknown as { inputs: z.ZodObject[] }).inputs;
  return Object.keys(input?.shape ?? {});
}

/** Inputs that parse as far as possible, with one strange value at a time. */
function* strangeInputs(keys: string[]): Iterable<unknown> {
  const plausible = Object.fromEntries(keys.map((key) => [key, plausibleOf(key)]));
  yield* [plausible, ...VALUES];
  for (const key of keys) for (const value of VALUES) yield { ...plausible, [key]: value };
}

function plausibleOf(key: string): unknown {
  if (key === 'entries') return [{ text: 'hello' }];
  if (key.endsWith('Ids')) return [2];
  if (/Id$|^seq$|^stamp$|^limit$/.test(key)) return 1;
  if (key === 'emoji') return '👍';
  if (key === 'on') return true;
  if (key === 'state') return 'active';
  if (key === 'kind') return 'soft';
  if (key === 'url') return 'http://127.0.0.1:1/';
  if (/username|name|text|password|confirmation/i.test(key)) return 'general';
  return undefined;
}

describe('strange input', () => {
  it.each(procedures.filter(([, { _def }]) => _def.type !== 'subscription'))(
    '%s refuses in words or copes, and never fails',
    async (path, procedure) => {
      const [area, name] = path.split('.') as [string, string];
      const caller = createCaller({ actor: alice, requestId: 'test' }) as unknown as Record<
        string,
        Record<string, (input: unknown) => Promise<unknown>>
      >;
      for (const input of strangeInputs(keysOf(procedure))) {
        const outcome = await caller[area]?.[name]?.(input).catch((error: unknown) => error);
        if (outcome instanceof TRPCError && outcome.code === 'INTERNAL_SERVER_ERROR') {
          expect.fail(`${path}(${JSON.stringify(input)?.slice(0, 200)}) failed: ${outcome.cause?.message}`);
        }
      }
    },
    60_000,
  );
});
