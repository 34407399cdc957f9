// What answers beside the documented APIs and the web app's calls: uploads, pictures of previews, the export, the forms
// of the login pages.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { prisma } from '#server/platform/database';
import { settings } from '#server/platform/settings';
import { fuzz, LIMIT_MS } from '#tests/fuzz/fuzz';
import {
  anyBody,
  isRead,
  jsonBody,
  multipartBody,
  oddHeaders,
  oddMethod,
  oddQuery,
  oddText,
  segment,
} from '#tests/fuzz/odd';
import { type Door, openMainDoor } from '#tests/support/door';
import { newcomers, openChannels } from '#tests/support/people';
import { cookieOf } from '#tests/trpc/doors';

const PATHS = [
  ...['/api/uploadthing', '/api/uploads/{key}', '/api/preview-image', '/api/server-export'],
  ...['/api/sign-in/{key}', '/api/sign-in/provider/{key}', '/api/sign-in/dev', '/api/sign-in/open-link'],
];
const OWN_METHODS = [
  [/uploadthing|sign-in\/(?!provider)/, 'POST'],
  [/uploads/, 'PUT'],
] as const;
const SIGNED = ['expires', 'signature', 'x-ut-identifier', 'x-ut-custom-id', 'x-ut-file-size', 'x-ut-slug'];

const anything = fc.record({
  path: fc.constantFrom(...PATHS),
  method: oddMethod,
  segment,
  query: oddQuery([...SIGNED, 'actionType', 'slug', 'url', 'next']),
  body: fc.oneof(
    jsonBody(['files', 'input', 'fileKey', 'status']).map(
      (content) => ['application/json', content] as const,
    ),
    anyBody(['file', 'files', 'email', 'token', 'password', 'confirm_password', 'next']),
  ),
  headers: oddHeaders,
  hook: fc.constantFrom('', '', 'callback', 'error', '__proto__'),
});

/** Beginnings that promise a picture. */
const HEADS = [
  '',
  '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
  '\xff\xd8\xff\xe0',
  'GIF89a\xff\xff',
  'RIFF\0\0\0\0WEBPVP8 ',
  '<svg onload="x"',
];
const bytes = fc
  .tuple(fc.constantFrom(...HEADS), fc.string({ unit: 'binary', maxLength: 60 }))
  .map(([head, rest]) => Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(rest)]));

/** A place that was asked for properly, and then abused. */
const place = fc.record({
  name: oddText,
  bytes,
  announced: fc.oneof(
    { weight: 5, arbitrary: fc.constant('as it is' as const) },
    { weight: 1, arbitrary: fc.constantFrom(-1, 0, 1.5, 2 ** 40, 1e308) },
  ),
  type: fc.constantFrom('image/png', 'image/svg+xml', 'text/html', '', 'x', 'application/zip'),
  odd: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: multipartBody(['file']) },
  ),
  spoilt: fc.constantFrom('', '', '', '', '', '', 'signature', 'expires', 'x-ut-custom-id', 'key'),
  headers: oddHeaders.map(({ range, origin, ...headers }) => headers),
});

function asForm(name: string, content: Buffer): Buffer {
  const head = `--x\r\nContent-Disposition: form-data; name="file"; filename="${name.replace(/[\r\n"]/g, '_')}"\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--x--\r\n')]);
}

let door: Door;
let alice: Actor;
let cookie: Record<string, string>;

beforeAll(async () => {
  settings().rate_limit_enabled = false;
  settings().link_preview_allowed_origins = [];
  await openChannels('general');
  [alice] = await newcomers('alice');
  cookie = await cookieOf(alice);
  door = await openMainDoor();
});

afterAll(() => door.close());

describe('uploads, previews and the export', () => {
  it(
    'refuse in words whatever they are asked',
    async () => {
      await fuzz('uploads, previews, export', 0.8, anything, (asked) => {
        const own = OWN_METHODS.find(([path]) => path.test(asked.path))?.[1] ?? 'GET';
        const method = asked.method === 'same' ? own : asked.method;
        const [type, content] = asked.body;
        return door.ask({
          method,
          path: `${asked.path.replace('{key}', asked.segment)}?${asked.query}`.replace(/[^\x21-\x7e]/g, ''),
          body: isRead(method) ? undefined : Buffer.from(content),
          headers: {
            ...asked.headers,
            ...cookie,
            ...(asked.hook ? { 'uploadthing-hook': asked.hook } : {}),
            ...(type ? { 'content-type': type } : {}),
          },
        });
      });
    },
    LIMIT_MS,
  );

  it(
    'survive whatever is put where they said it could be',
    async () => {
      const statuses = await fuzz('uploads to a place', 0.2, place, async (asked) => {
        const slots = await askForPlace(asked);
        // there would soon be no room for what is to be tried
        if (slots.status === 429) await prisma.file.deleteMany();
        if (slots.status !== 200) return slots;
        const [slot] = JSON.parse(slots.text) as { url: string }[];
        const url = new URL(slot?.url ?? '', 'http://parley.invalid');
        if (asked.spoilt === 'key') url.pathname += 'x';
        else if (asked.spoilt) url.searchParams.set(asked.spoilt, '0');
        return door.ask({
          method: 'PUT',
          path: url.pathname + url.search,
          body: asked.odd === null ? asForm(asked.name, asked.bytes) : Buffer.from(asked.odd),
          headers: { ...asked.headers, ...cookie, 'content-type': 'multipart/form-data; boundary=x' },
        });
      });
      // or they were refused for something else than what is tried here
      expect(statuses.get(200)).toBeGreaterThan(0);
    },
    LIMIT_MS,
  );
});

function askForPlace({
  name,
  bytes,
  announced,
  type,
}: {
  name: string;
  bytes: Buffer;
  announced: 'as it is' | number;
  type: string;
}) {
  const size = announced === 'as it is' ? bytes.length : announced;
  return door.ask({
    method: 'POST',
    path: '/api/uploadthing?actionType=upload&slug=attachment',
    body: Buffer.from(JSON.stringify({ files: [{ name, size, type }], input: null })),
    headers: {
      ...cookie,
      'content-type': 'application/json',
      'x-uploadthing-package': 'parley',
      'x-uploadthing-version': '7.7.4',
    },
  });
}
