import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { switchboard } from '#server/dialects/all';
import { fault } from '#server/dialects/kit/faults';
import type { Headerish } from '#server/dialects/kit/headers';
import { env } from '#server/platform/env';
import { log } from '#server/platform/log';
import type { Mount } from '#server/platform/mount';
import { answerHealth, isHealthPath } from '#server/process/health';
import { findMount } from '#server/process/mounts';
import { detourToLogin } from '#server/process/page-access';
import type { Pages } from '#server/process/pages';
import type { StaticFiles } from '#server/process/static-files';
import { pathOfTarget } from '#server/process/target';
import { type WebHandler, webAnswer } from '#server/process/web-answer';
import { answerTrpc, ENDPOINT } from '#server/trpc/respond';

export type Doors = {
  /** null: no pages are served here (tests of the APIs) */
  pages: Pages | null;
  /** null in development, where Next serves files itself */
  files: StaticFiles | null;
  /** told which part answers, for the metrics */
  onDoor?: (req: IncomingMessage, door: string) => void;
};

/** What Next serves beside pages: its metadata files by convention. */
const METADATA_FILE = /^\/(?:favicon\.ico|manifest\.webmanifest|(?:icon|apple-icon)[\w.-]*)$/;

/** Its own sockets and chunks, and the public folder. */
const NEXTS_IN_DEVELOPMENT = /^\/(?:_next|__next|app\/|sw\.js$)/;

/**
 * Decides who answers a request, in the order of the architecture: health, the documented APIs, the web app's own
 * calls, files, pages; everything else is refused here.
 */
export function createDispatcher({ pages, files, onDoor = () => {} }: Doors): RequestListener {
  const answer = webAnswer(pages);
  const dev = env().NODE_ENV === 'development';

  return (req, res) => {
    const enter = (door: string, handler: WebHandler) => {
      onDoor(req, door);
      answer(req, res, handler);
    };
    const path = pathOfTarget(req.url);
    const method = req.method as string;
    const headers = headersOf(req);
    if (path === null) return enter('refused', (request) => fault(400, request.headers));
    if (method === 'OPTIONS' && !isOurOwn(path)) tellOtherOrigins(req, res);
    if (isHealthPath(path)) return enter('health', () => answerHealth(path, method, headers));

    const verdict = switchboard.find(method, req.url as string, headers);
    if (verdict)
      return enter('dialect', (request, bindings) => switchboard.answer(verdict, request, bindings));
    if (path.startsWith(`${ENDPOINT}/`)) {
      onDoor(req, 'trpc');
      return outlive(answerTrpc(req, res), res);
    }
    const mount = findMount(path);
    if (mount) return enter('mount', (request) => answerMount(mount, request, req));
    if (files?.(path, req, res)) return onDoor(req, 'file');
    if (pages && dev && NEXTS_IN_DEVELOPMENT.test(path)) return outlive(pages.show(req, res), res);
    if (pages && (switchboard.isPage(path) || METADATA_FILE.test(path))) {
      if (method !== 'GET' && method !== 'HEAD') return enter('refused', wrongMethod);
      onDoor(req, 'page');
      return outlive(showPage(pages, path, req, res, enter), res);
    }
    return refuseUnknown(pages, req, res, enter);
  };
}

/** An answer that fails half-way costs its connection, never the process. */
function outlive(answering: Promise<void>, res: ServerResponse): void {
  answering.catch((error: unknown) => {
    log.error({ err: error }, 'an answer failed');
    res.destroy();
  });
}

type Enter = (door: string, handler: WebHandler) => void;

async function showPage(
  pages: Pages,
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
  enter: Enter,
): Promise<void> {
  if (METADATA_FILE.test(path)) return pages.show(req, res);
  try {
    const detour = await detourToLogin(path, req.url as string, headersOf(req));
    if (!detour) return await pages.show(req, res);
    enter('page', () => new Response(null, { status: 302, headers: { location: detour } }));
  } catch (error) {
    if (res.headersSent) throw error;
    enter('page', () => {
      throw error;
    });
  }
}

/** What only our own pages ask for: other origins are told nothing about it. */
function isOurOwn(path: string): boolean {
  return path.startsWith(`${ENDPOINT}/`) || findMount(path) !== undefined;
}

function tellOtherOrigins(req: IncomingMessage, res: ServerResponse): void {
  const headers = switchboard.preflight(req.url as string, headersOf(req));
  for (const name in headers) res.setHeader(name, headers[name] as string);
}

/** A browser that went astray gets the app's own page with the way home, everybody else a few words. */
function refuseUnknown(pages: Pages | null, req: IncomingMessage, res: ServerResponse, enter: Enter): void {
  const browsing = req.method === 'GET' && req.headers.accept?.includes('text/html');
  if (req.method === 'OPTIONS') enter('refused', () => new Response(null, { status: 204 }));
  else if (pages && browsing) outlive(pages.show(req, res, '/_not-found'), res);
  else enter('refused', (request) => fault(404, request.headers));
}

function answerMount(
  { methods, handle }: Mount,
  request: Request,
  incoming: IncomingMessage,
): Response | Promise<Response> {
  if (methods.includes(request.method)) return handle(request, incoming);
  const allow = methods.join(', ');
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow } });
  return fault(405, request.headers, { allow });
}

function wrongMethod(request: Request): Response {
  const allow = 'GET, HEAD, OPTIONS';
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow } });
  return fault(405, request.headers, { allow });
}

function headersOf(req: IncomingMessage): Headerish {
  return { get: (name) => req.headers[name]?.toString() };
}
