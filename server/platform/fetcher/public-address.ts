import ipaddr from 'ipaddr.js';

/** All that is handed out to the public internet; the rest of IPv6 is private, reserved or a wrapping of IPv4. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/**
 * Whether an IP address is somebody's on the public internet: not private, loopback, link-local, shared, reserved,
 * documentation, multicast or unspecified, and no IPv6 form that a gateway would turn into an IPv4 address we did not
 * look at (6to4, NAT64, Teredo). IPv4-mapped IPv6 is judged by the IPv4 address in it. False for what is no address.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` unwraps IPv4-mapped addresses.
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(GLOBAL_UNICAST);
}
