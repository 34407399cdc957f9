import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublicAddress } from '#server/platform/fetcher/public-address';
import { Turnstile } from '#server/platform/turnstile';

/** The URL leads, or may lead, to where outbound requests must not go. */
export class BlockedUrl extends Error {
  override readonly name = 'BlockedUrl';
}

export type VettedAddress = { address: string; family: number };

/** Lookups hold one of libuv's four threads each; slow name servers must not take those from file reads. */
const lookups = new Turnstile({ width: 2, line: 50 });

/**
 * The addresses that a request for this URL may connect to. Rejects with `BlockedUrl` unless it is http(s) and every
 * address of its host is public; `allowedOrigins` (as in `https://wiki.lan:8443`) are exempt from the latter.
 */
export async function vetUrl(
  url: URL,
  allowedOrigins: readonly string[],
  signal: AbortSignal,
): Promise<VettedAddress[]> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new BlockedUrl('not http or https');
  const allowed = allowedOrigins.includes(url.origin);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowed && host.startsWith('localhost')) throw new BlockedUrl('a local name');
  const addresses = await addressesOf(host, signal);
  if (addresses.length === 0) throw new BlockedUrl('no address');
  if (!allowed && !addresses.every(({ address }) => isPublicAddress(address))) {
    throw new BlockedUrl('not a public address');
  }
  return addresses;
}

async function addressesOf(host: string, signal: AbortSignal): Promise<VettedAddress[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  const found = lookups.run(() => lookup(host, { all: true }));
  try {
    return await Promise.race([found, rejectedWhen(signal)]);
  } catch (error) {
    throw new BlockedUrl('the name does not resolve', { cause: error });
  }
}

function rejectedWhen(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
