const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
const group = /^[0-9a-f]{1,4}$/i;
const zone = /^[0-9a-z.:-]+$/i;

/** Tells as `isIP` of Node whether a text is an IP address: 4, 6, or 0 for none. Source: RFC 4291 §2.2. */
export function isIP(text: string): 0 | 4 | 6 {
  if (ipv4.test(text)) return 4;
  const [address = '', ...zones] = text.split('%');
  if (zones.length > 1 || zones.some((one) => !zone.test(one))) return 0;
  return isIPv6(address) ? 6 : 0;
}

function isIPv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const all = groups.flat();
  const last = all.at(-1) ?? '';
  // The last thirty-two bits may be written as an IPv4 address, which stands for two groups.
  const isMixed = last.includes('.') && groups.at(-1)?.at(-1) === last;
  if (isMixed && !ipv4.test(last)) return false;
  const count = all.length + (isMixed ? 1 : 0);
  if (!(isMixed ? all.slice(0, -1) : all).every((one) => group.test(one))) return false;
  return halves.length === 2 ? count < 8 : count === 8;
}
