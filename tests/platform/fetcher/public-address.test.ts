import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '#server/platform/fetcher/public-address';

const BLOCKED = [
  // 0/8, 10/8, 100.64/10, 127/8, 169.254/16, 172.16/12
  '0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.0.9',
  '169.254.169.254 169.254.0.1 172.16.0.1 172.31.255.255',
  // 192.0.0/24, 192.0.2/24, 192.168/16, 198.18/15, 198.51.100/24, 203.0.113/24, 224/4, 240/4
  '192.0.0.1 192.0.2.7 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.3 203.0.113.9',
  '224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255',
  // unspecified, loopback, IPv4-mapped private ones
  ':: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:a9fe:a9fe ::ffff:0:0 ::127.0.0.1 ::ffff:0:127.0.0.1',
  // NAT64, 6to4 and Teredo, whatever they wrap
  '64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::a00:1 2002:7f00:1:: 2002:808:808::1 2001:0:4136:e378:8000:63bf:3fff:fdd2',
  // discard, documentation, benchmarking, ORCHID, unique local, link-local, site-local, multicast
  '100::1 2001:db8::1 3fff::1 2001:2::1 2001:10::1 2001:20::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1',
].flatMap((line) => line.split(' '));

const PUBLIC = [
  '1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1 169.253.1.1',
  '172.15.255.255 172.32.0.1 192.0.1.1 192.167.1.1 198.17.0.1 198.20.0.1 223.255.255.255',
  '2606:4700::1111 2a00:1450:4001:829::200e ::ffff:8.8.8.8',
].flatMap((line) => line.split(' '));

describe('a public address', () => {
  it.each(PUBLIC)('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each(BLOCKED)('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['', 'example.com', '999.1.1.1', '1.1.1.1/8', 'fe80::1%eth0', '[::1]'])(
    '%j is no address',
    (text) => {
      expect(isPublicAddress(text)).toBe(false);
    },
  );
});
