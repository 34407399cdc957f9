// Shows a page of its own when the app is opened without a connection. Nothing else is kept here: pages hold what
// only their reader may see, and the app's own files are cached by their names already.
const CACHE = 'offline-1';
const PAGE = '/app/offline.html';
const KEPT = [PAGE, '/app/offline.css', '/app/icon.svg'];

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(KEPT))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    Promise.all([
      // the request goes out while this worker is still starting
      self.registration.navigationPreload?.enable(),
      dropOtherCaches(),
      self.clients.claim(),
    ]),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate' && request.method === 'GET') event.respondWith(page(event));
  else if (KEPT.includes(new URL(request.url).pathname)) event.respondWith(file(request));
});

async function dropOtherCaches() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
}

async function page({ request, preloadResponse }) {
  try {
    return (await preloadResponse) ?? (await fetch(request));
  } catch {
    const kept = await caches.match(PAGE);
    return new Response(kept.body, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        // the file itself came with a policy that allows nothing, as all plain files do
        'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'",
      },
    });
  }
}

async function file(request) {
  try {
    return await fetch(request);
  } catch {
    return caches.match(request);
  }
}
