import { createHmac } from 'node:crypto';
import { serveWeb } from '#tests/support/web-server';

const KEY = 'sk_live_of_a_test';
const APP = 'testapp';

/** What UPLOADTHING_TOKEN holds for the pretended cloud. */
export const CLOUD_TOKEN = Buffer.from(
  JSON.stringify({ apiKey: KEY, appId: APP, regions: ['here'] }),
).toString('base64');

const signatureOf = (payload: string) =>
  `hmac-sha256=${createHmac('sha256', KEY).update(payload).digest('hex')}`;

/**
 * As much of UploadThing's cloud as this server talks to, on this machine: ingest, API and delivery. Points the
 * library at itself through its environment variables.
 */
export async function serveCloud() {
  const files = new Map<string, Buffer>();
  const metadata = new Map<string, Record<string, unknown>>();
  const results = new Map<string, unknown>();

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const [, ...path] = url.pathname.split('/');
    if (url.pathname === '/route-metadata') {
      const body = (await request.json()) as { fileKeys: string[]; metadata: Record<string, unknown> };
      for (const key of body.fileKeys) metadata.set(key, body.metadata);
      return Response.json({ ok: true });
    }
    if (url.pathname === '/callback-result') {
      const body = (await request.json()) as { fileKey: string; callbackData: unknown };
      results.set(body.fileKey, body.callbackData);
      return Response.json({ ok: true });
    }
    if (url.pathname === '/v6/deleteFiles') {
      const { customIds } = (await request.json()) as { customIds: string[] };
      const deletedCount = customIds.filter((id) => files.delete(id)).length;
      return Response.json({ success: true, deletedCount });
    }
    if (!isSigned(url)) return Response.json({ error: 'bad signature' }, { status: 403 });
    if (request.method === 'PUT') return keep(path[0] as string, url, await request.formData());
    return deliver(path.at(-1) as string, request);
  };

  const isSigned = ({ href, searchParams }: URL) =>
    signatureOf(href.replace(/&signature=.*$/, '')) === searchParams.get('signature');

  const keep = async (key: string, { searchParams }: URL, form: FormData) => {
    const bytes = Buffer.from(await (form.get('file') as File).arrayBuffer());
    files.set(decodeURIComponent(searchParams.get('x-ut-custom-id') ?? ''), bytes);
    const place = `https://cloud.example/f/${key}`;
    return Response.json({ url: place, appUrl: place, ufsUrl: place, fileHash: 'hash', serverData: null });
  };

  const deliver = (name: string, request: Request) => {
    const bytes = files.get(name);
    if (!bytes) return new Response(null, { status: 404 });
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get('range') ?? '');
    const part = range ? bytes.subarray(Number(range[1]), Number(range[2]) + 1) : bytes;
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(part), {
      status: range ? 206 : 200,
      headers: { 'content-length': String(part.length), 'last-modified': new Date().toUTCString() },
    });
  };

  const web = await serveWeb(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = chunks.length > 0 ? Buffer.concat(chunks) : null;
    const headers = new Headers(Object.entries(req.headers).map(([name, value]) => [name, String(value)]));
    const response = await answer(
      new Request(new URL(req.url ?? '/', origin), { method: req.method ?? 'GET', headers, body }),
    );
    res.writeHead(response.status, Object.fromEntries(response.headers));
    res.end(Buffer.from(await response.arrayBuffer()));
  });
  // The library takes a host with "local" in it as one without TLS.
  const origin = `http://localhost:${web.port}`;
  Object.assign(process.env, {
    UPLOADTHING_INGEST_URL: origin,
    UPLOADTHING_API_URL: origin,
    UPLOADTHING_UFS_HOST: `localhost:${web.port}`,
    UPLOADTHING_UFS_APP_ID_LOCATION: 'path',
  });

  return {
    origin,
    files,
    results,
    close: web.close,
    /** The call with which the cloud reports that a file has arrived. */
    callbackFor(
      key: string,
      file: { name: string; size: number; customId: string },
      sign = signatureOf,
    ): Request {
      const place = `https://cloud.example/f/${key}`;
      const payload = JSON.stringify({
        status: 'uploaded',
        metadata: metadata.get(key) ?? {},
        origin,
        file: { ...file, key, type: '', url: place, appUrl: place, ufsUrl: place, fileHash: 'hash' },
      });
      return new Request('https://parley.example/api/uploadthing?slug=attachment', {
        method: 'POST',
        body: payload,
        headers: {
          'content-type': 'application/json',
          'uploadthing-hook': 'callback',
          'x-uploadthing-signature': sign(payload),
        },
      });
    },
  };
}
