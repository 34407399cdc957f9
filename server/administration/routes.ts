import { requestActor } from '#server/auth/request-actor';
import { jsonStream, streamOf } from '#server/dialects/kit/json-stream';
import { exportServer } from '#server/domain/export/export-server';
import { isRefusal } from '#server/domain/kernel/refusal';
import type { Mount } from '#server/platform/mount';

/** `GET /api/server-export`: what `exportServer` answers as one JSON file to keep. 401 and 403 for everybody else. */
export async function handleExport(request: Request): Promise<Response> {
  const actor = await requestActor(request.headers);
  if (!actor) return new Response(null, { status: 401 });
  if (request.method === 'HEAD') return new Response(null, { headers: HEADERS });
  try {
    const taken = await exportServer(actor);
    const day = new Date(taken.exportedAt / 1000).toISOString().slice(0, 10);
    return new Response(streamOf(jsonStream(taken)), {
      headers: { ...HEADERS, 'content-disposition': `attachment; filename="parley-export-${day}.json"` },
    });
  } catch (error) {
    if (isRefusal(error)) return new Response(null, { status: 403 });
    throw error;
  }
}

const HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

export const administrationMounts: readonly Mount[] = [
  { prefix: '/api/server-export', methods: ['GET', 'HEAD'], handle: handleExport },
];
