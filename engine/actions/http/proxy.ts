import { isObject, type Json } from '../../model/json.ts';

/**
 * The proxy that a request goes through, as Python's requests chooses it: what the action was given, else what the
 * environment says.
 *
 * @param proxies a dictionary from `http`, `https`, `all` or such with a host (`https://example.org`) to addresses; an
 *   empty one means none
 * @returns null for none
 * @throws Error with a sentence when the address is not one
 */
export function proxyFor(url: URL, proxies: Json, environment: NodeJS.ProcessEnv): URL | null {
  if (proxies !== null && !isObject(proxies)) throw new Error('The proxies must be a dictionary.');
  const scheme = url.protocol.slice(0, -1);
  for (const key of [`${scheme}://${url.hostname}`, scheme, `all://${url.hostname}`, 'all']) {
    if (proxies !== null && Object.hasOwn(proxies, key)) return proxyUrl(proxies[key] ?? null);
  }
  const variable = (name: string): string => environment[name] ?? environment[name.toUpperCase()] ?? '';
  const address = variable(`${scheme}_proxy`) || variable('all_proxy');
  if (address === '' || isLoopback(url.hostname)) return null;
  const exceptions =
    isObject(proxies) && typeof proxies.no_proxy === 'string' ? proxies.no_proxy : variable('no_proxy');
  return isException(url, exceptions) ? null : proxyUrl(address);
}

function proxyUrl(address: Json): URL | null {
  if (address === null || address === '') return null;
  const text = typeof address === 'string' && !address.includes('://') ? `http://${address}` : String(address);
  if (!URL.canParse(text)) throw new Error('The address of the proxy is not one.');
  const url = new URL(text);
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw new Error(`The proxy '${url.protocol}//${url.host}' is neither http nor https: others are not supported.`);
}

/** Proxies of the environment are for what is elsewhere. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}

/** @param exceptions hosts and domains, separated by commas; `*` for all */
function isException({ hostname, host }: URL, exceptions: string): boolean {
  const names = exceptions.split(',').map((each) =>
    each
      .trim()
      .toLowerCase()
      .replace(/^\*?\./, ''),
  );
  return names.some(
    (name) =>
      name === '*' || (name !== '' && [hostname, host].some((each) => each === name || each.endsWith(`.${name}`))),
  );
}
