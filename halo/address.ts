import { BlockList, isIP, isIPv4 } from 'node:net';

/** Where an IP address leads: `forbidden` ones are never a Halo server, not even an on-premise one. */
export type AddressKind = 'public' | 'private' | 'loopback' | 'forbidden';

/**
 * Special-purpose addresses that IANA's registries do not list as globally reachable, and others where no Halo can be:
 * https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry.
 */
const ranges: Readonly<Record<Exclude<AddressKind, 'public'>, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  // Link-local holds the metadata services of the clouds (169.254.169.254).
  forbidden: ['169.254.0.0/16', '0.0.0.0/8', '224.0.0.0/3', '::/128', 'fe80::/10', 'ff00::/8'],
  private: [
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    '192.0.0.0/24',
    '198.18.0.0/15',
    'fc00::/7',
    'fec0::/10',
    // For documentation.
    '192.0.2.0/24',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '2001:db8::/32',
    '3fff::/20',
    // Tunnels and translators, which lead to where an address in them says or to nobody knows where: 6to4 and its
    // relays, translation within a network, protocols of the IETF (Teredo and others), segment routing.
    '2002::/16',
    '192.88.99.0/24',
    '64:ff9b:1::/48',
    '::ffff:0:0:0/96',
    '2001::/23',
    '5f00::/16',
    // Discarded.
    '100::/64',
    '100:0:0:1::/64',
  ],
};

function blockList(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = '', text = ''] = subnet.split('/');
    const bits = Number(text);
    if (!isIPv4(address)) {
      list.addSubnet(address, bits, 'ipv6');
      continue;
    }
    list.addSubnet(address, bits, 'ipv4');
    for (const [ipv6, length] of embedding(address, bits)) list.addSubnet(ipv6, length, 'ipv6');
  }
  return list;
}

/** The IPv6 ranges that embed an IPv4 range. */
function embedding(address: string, bits: number): readonly (readonly [string, number])[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const hex = (high: number, low: number): string => (high * 256 + low).toString(16);
  return [
    // NAT64 of everybody and of a network, the latter with its prefix of 96 or 48 bits (RFC 6052), and SIIT.
    [`64:ff9b::${address}`, 96 + bits],
    [`64:ff9b:1::${address}`, 96 + bits],
    [`::ffff:0:${address}`, 96 + bits],
    // 6to4.
    [`2002:${hex(a, b)}:${hex(c, d)}::`, 16 + bits],
    // Forms that begin as others do where the address is zero: that of a prefix of 48 bits, where 8 bits in the middle
    // belong to no address, and the deprecated IPv4-compatible one.
    ...(address === '0.0.0.0'
      ? []
      : [
          [`64:ff9b:1:${hex(a, b)}:${hex(0, c)}:${hex(d, 0)}::`, bits <= 16 ? 48 + bits : 56 + bits] as const,
          [`::${address}`, 96 + bits] as const,
        ]),
  ];
}

const lists = (['loopback', 'forbidden', 'private'] as const).map(
  (kind) => [kind, blockList(ranges[kind])] as const,
);

/** Classifies an IP address; an IPv4 address embedded in IPv6 counts at least as it does alone. */
export function addressKind(address: string): AddressKind {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return lists.find(([, list]) => list.check(address, family))?.[0] ?? 'public';
}

/** The IP address that a URL's host name is written as (brackets taken off), or null for a name. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? null : bare;
}

/** Whether a URL's host name means this machine: `localhost`, a name below it, 127.0.0.0/8 or ::1. */
export function isLoopbackHost(hostname: string): boolean {
  const address = literalAddress(hostname);
  if (address !== null) return addressKind(address) === 'loopback';
  return /(^|\.)localhost\.?$/.test(hostname);
}

/**
 * Whether a connection may talk to an address: public ones always, private ones and this machine when the
 * connection says on-premise, this machine also when the host was written as loopback (a local Halo).
 */
export function mayConnect(address: string, host: { onPremise: boolean; loopback: boolean }): boolean {
  const kind = addressKind(address);
  if (kind === 'public') return true;
  if (kind === 'loopback') return host.loopback || host.onPremise;
  return kind === 'private' && host.onPremise;
}
