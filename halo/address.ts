import { BlockList, isIP, isIPv4 } from 'node:net';

/** Where an IP address leads: `forbidden` ones are never a Halo server, not even an on-premise one. */
export type AddressKind = 'public' | 'private' | 'loopback' | 'forbidden';

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
  ],
};

function blockList(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = '', bits = ''] = subnet.split('/');
    if (!isIPv4(address)) {
      list.addSubnet(address, Number(bits), 'ipv6');
      continue;
    }
    list.addSubnet(address, Number(bits), 'ipv4');
    // The same addresses behind NAT64 and in the deprecated IPv4-compatible form.
    list.addSubnet(`64:ff9b::${address}`, 96 + Number(bits), 'ipv6');
    if (address !== '0.0.0.0') list.addSubnet(`::${address}`, 96 + Number(bits), 'ipv6');
  }
  return list;
}

const lists = (['loopback', 'forbidden', 'private'] as const).map(
  (kind) => [kind, blockList(ranges[kind])] as const,
);

/** Classifies an IP address; IPv4 addresses mapped into IPv6 are what they map. */
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
