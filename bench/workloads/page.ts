import { gunzipSync, gzipSync } from 'node:zlib';
import { once } from '../lib/connection.ts';
import { round } from '../lib/stats.ts';
import type { Bench } from '../run.ts';

/** What a browser downloads before the chat page can be used: scripts and styles that its HTML names, gzipped. */
export async function page({ base, people, report }: Bench): Promise<void> {
  for (const [name, path, headers] of [
    ['login page', '/login', {}],
    ['chat page', '/chat/general', people[0]?.headers ?? {}],
  ] as const) {
    const html = (await once(base, { path, headers: { Accept: 'text/html', ...headers } })).body.toString();
    const scripts = new Set(
      [...html.matchAll(/<script(?![^>]*noModule)[^>]+src="([^"]+)"/g)].map((match) => match[1] as string),
    );
    const styles = new Set(
      [...html.matchAll(/<link[^>]+rel="stylesheet"[^>]*>/g)].map(
        (match) => /href="([^"]+)"/.exec(match[0])?.[1] ?? '',
      ),
    );
    report({
      workload: name,
      htmlKiB: round(gzipSync(html).length / 1024, 1),
      scriptKiB: await weigh(base, scripts),
      styleKiB: await weigh(base, styles),
    });
  }
}

async function weigh(base: URL, paths: Set<string>): Promise<number> {
  let bytes = 0;
  for (const path of paths) {
    const answer = await once(base, {
      path: path.replaceAll('&amp;', '&'),
      headers: { 'Accept-Encoding': 'gzip' },
    });
    const compressed = /content-encoding: gzip/i.test(answer.head);
    bytes += compressed ? answer.body.length : gzipSync(answer.body).length;
    if (compressed) gunzipSync(answer.body);
  }
  return round(bytes / 1024, 1);
}
