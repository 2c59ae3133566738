// Who an IP address belongs to, for limits by address.
import { isIPv4, isIPv6 } from 'node:net';

/** Whoever has one IPv6 address has 2^64 of them: the first half says who it is. */
export function networkOf(address: string): string {
  const [bare = ''] = withoutPort(address).split('%');
  const mapped = /^::ffff:([\d.]+)$/i.exec(bare)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (!isIPv6(bare)) return bare;
  const [head = '', tail] = bare.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  // An IPv4 address at the end stands for two groups.
  const groups = left.length + right.length + (bare.includes('.') ? 1 : 0);
  const all = tail === undefined ? left : [...left, ...Array.from({ length: 8 - groups }, () => '0'), ...right];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** Some proxies write the peer's port as well, `192.0.2.1:5555` or `"[2001:db8::1]:443"`: each connection would be another one. */
function withoutPort(address: string): string {
  const plain = address.trim().replace(/^"(.*)"$/, '$1');
  return /^\[(.*)\](?::\d+)?$/.exec(plain)?.[1] ?? /^([\d.]+):\d+$/.exec(plain)?.[1] ?? plain;
}
