import dns from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** This machine and what is linked to it: what Mistral refuses unless it is told otherwise. */
const local = new BlockList();
local.addSubnet('0.0.0.0', 8, 'ipv4');
local.addSubnet('127.0.0.0', 8, 'ipv4');
local.addSubnet('169.254.0.0', 16, 'ipv4');
local.addAddress('::', 'ipv6');
local.addAddress('::1', 'ipv6');
local.addSubnet('fe80::', 10, 'ipv6');

/** @throws Error with Mistral's sentence when the host is a local address itself; names are looked up later */
export function refuseLocalHost(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isLocal(host)) throw new Error(refusal(host, host));
}

/** Looks a name up as usual, and fails when it leads to a local address: no request is ever made there. */
export const lookupElsewhere: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const refused = error === null ? addresses.find(({ address }) => isLocal(address)) : undefined;
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) callback(error ?? new Error(`${hostname} has no address.`), []);
    else if (refused !== undefined) callback(new Error(refusal(hostname, refused.address)), []);
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

function isLocal(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && local.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function refusal(host: string, address: string): string {
  return `URL host '${host}' resolves to a blocked address (${address}).`;
}
