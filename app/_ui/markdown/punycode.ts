/**
 * Stands in for the package of that name, with which markdown-it writes the hosts of links: browsers know how. A host
 * that came encoded is shown so, because letters of other scripts can look like another host's.
 */
const punycode = {
  toASCII(host: string): string {
    try {
      return new URL(`https://${host}`).hostname;
    } catch {
      return host;
    }
  },
  toUnicode: (host: string): string => host,
};

export default punycode;
