import { isSourceName } from '#server/domain/previews/source-names';

export type LineRange = { start: number; end: number };

/** Where the text of a linked source file is to be had, and which lines the link means. */
export type CodeSource = {
  raw: URL;
  filepath: string;
  lines: LineRange | null;
  /** the link itself is fetched, so it may turn out to be a page about the file */
  mayBePage: boolean;
};

const BITBUCKET_HOSTS = new Set(['bitbucket.org', 'www.bitbucket.org']);
const BITBUCKET_CLOUD = /^\/([^/]+)\/([^/]+)\/src\/([^/]+)\/(.+)$/;
const BITBUCKET_SERVER = /^\/projects\/([^/]+)\/repos\/([^/]+)\/browse\/(.+)$/;

/** The source file that a URL shows: on Bitbucket's cloud, on a Bitbucket server, or as itself; null for any other. */
export function codeSourceOf(url: URL): CodeSource | null {
  return bitbucketCloud(url) ?? bitbucketServer(url) ?? sourceFile(url);
}

function bitbucketCloud(url: URL): CodeSource | null {
  const match = BITBUCKET_HOSTS.has(url.host) ? BITBUCKET_CLOUD.exec(url.pathname) : null;
  if (!match) return null;
  const [, workspace, repo, ref, path] = match as unknown as [string, string, string, string, string];
  return {
    raw: new URL(`https://api.bitbucket.org/2.0/repositories/${workspace}/${repo}/src/${ref}/${path}`),
    filepath: decoded(path),
    lines: linesOf(/^#lines-(\d{1,7})(?::(\d{1,7}))?$/, url.hash),
    mayBePage: false,
  };
}

function bitbucketServer(url: URL): CodeSource | null {
  const match = BITBUCKET_SERVER.exec(url.pathname);
  if (!match) return null;
  const [, project, repo, path] = match as unknown as [string, string, string, string];
  const raw = new URL(`/rest/api/1.0/projects/${project}/repos/${repo}/raw/${path}`, url.origin);
  const branch = url.searchParams.get('at');
  if (branch !== null) raw.searchParams.set('at', branch);
  return {
    raw,
    filepath: decoded(path),
    lines: linesOf(/^#(\d{1,7})(?:-(\d{1,7}))?$/, url.hash),
    mayBePage: false,
  };
}

function sourceFile(url: URL): CodeSource | null {
  const filepath = decoded(url.pathname.slice(1));
  if (!isSourceName(filepath.split('/').at(-1) ?? '')) return null;
  const raw = new URL(url);
  raw.hash = '';
  return {
    raw,
    filepath,
    lines: linesOf(/^#(?:lines-|L)?(\d{1,7})(?:[-:]L?(\d{1,7}))?$/, url.hash),
    mayBePage: true,
  };
}

function linesOf(pattern: RegExp, hash: string): LineRange | null {
  const match = pattern.exec(hash);
  const start = Number(match?.[1] ?? 0);
  if (start < 1) return null;
  return { start, end: Math.max(start, Number(match?.[2] ?? start)) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
