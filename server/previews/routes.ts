import { requestActor } from '#server/auth/request-actor';
import { previewImage } from '#server/domain/previews/preview-image';
import type { Mount } from '#server/platform/mount';

/**
 * `GET /api/preview-image?url=<the link>`: the picture of a link's preview. 204 when there is none, because a browser
 * would report a 404 as an error of the page.
 */
export async function handlePreviewImage(request: Request): Promise<Response> {
  const actor = await requestActor(request.headers);
  if (!actor) return new Response(null, { status: 401 });
  const image = await previewImage(actor, new URL(request.url).searchParams.get('url') ?? '');
  if (!image)
    return new Response(null, { status: 204, headers: { 'cache-control': 'private, max-age=600' } });
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(image), {
    headers: {
      'content-type': 'image/webp',
      'content-length': String(image.length),
      'cache-control': 'private, max-age=3600',
      'x-content-type-options': 'nosniff',
    },
  });
}

export const previewMounts: readonly Mount[] = [
  { prefix: '/api/preview-image', methods: ['GET', 'HEAD'], handle: handlePreviewImage },
];
