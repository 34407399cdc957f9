import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import { DEFAULT_SERVER_NAME } from '#server/dialects/mikrochat/server-name';
import { requireAdministrator } from '#server/domain/accounts/administration';
import { renameServer } from '#server/domain/server/rename-server';
import { serverName } from '#server/domain/server/server-name';

const tag = 'Server settings';
const answers = { 200: json(z.strictObject({ name: z.string() }), 'the settings') };

export const serverRoutes = () => [
  route('GET', '/server/settings', {
    id: 'E48-settings-get',
    tag,
    summary: 'What the server is called',
    answers,
    handle: async () => ({ status: 200, body: { name: (await serverName()) ?? DEFAULT_SERVER_NAME } }),
  }),

  route('PUT', '/server/settings', {
    id: 'E49-settings-update',
    tag,
    summary: 'Call it something else',
    body: strictJson({ name: z.string().default('') }),
    answers,
    refuses: { forbidden: 'administrators only', invalid: 'no name' },
    admit: ({ actor }) => requireAdministrator(actor),
    handle: async ({ actor, body }) => ({
      status: 200,
      body: { name: await renameServer(actor, body.name) },
    }),
  }),
];
