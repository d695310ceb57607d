import { createHash, randomBytes } from 'node:crypto';
import { isTrue } from '../../expressions/python/truth.ts';
import { isObject, type Json } from '../../model/json.ts';

export interface Credentials {
  /** digest: the password is never sent, only a proof of it, once the server asks. */
  readonly type: 'basic' | 'digest';
  readonly user: string;
  readonly password: string;
}

/**
 * @param auth 'user:password', or a dictionary with type, username and password
 * @throws Error with a sentence when it is neither
 */
export function readCredentials(auth: Json): Credentials | null {
  if (!isTrue(auth)) return null;
  if (typeof auth === 'string' && auth.includes(':')) {
    const at = auth.indexOf(':');
    return { type: 'basic', user: auth.slice(0, at), password: auth.slice(at + 1) };
  }
  if (isObject(auth)) {
    const { type = 'basic', username, password } = auth;
    const isKnown = type === 'basic' || type === 'digest';
    if (isKnown && typeof username === 'string' && typeof password === 'string') {
      return { type, user: username, password };
    }
  }
  throw new Error(
    "The auth must be 'user:password', or a dictionary with type (basic or digest), username and password.",
  );
}

export function basicAuthorization({ user, password }: Omit<Credentials, 'type'>): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/**
 * The answer to a server that asks for digest authentication (RFC 7616).
 *
 * @param challenges the `WWW-Authenticate` header
 * @param uri path and query
 * @returns null when it asks for something else, or in a way that is not known
 */
export function digestAuthorization(
  { user, password }: Credentials,
  challenges: string,
  method: string,
  uri: string,
): string | null {
  const start = challenges.search(/(^|,\s*)digest\s/i);
  if (start < 0) return null;
  const challenge = parametersOf(challenges.slice(start));
  const algorithm = challenge.get('algorithm') ?? 'MD5';
  const hashName = HASHES.get(algorithm.toUpperCase().replace(/-SESS$/, ''));
  const options = challenge
    .get('qop')
    ?.split(',')
    .map((each) => each.trim());
  if (hashName === undefined || (options !== undefined && !options.includes('auth'))) return null;

  const hash = (text: string): string => createHash(hashName).update(text).digest('hex');
  const realm = challenge.get('realm') ?? '';
  const nonce = challenge.get('nonce') ?? '';
  const opaque = challenge.get('opaque');
  const cnonce = randomBytes(8).toString('hex');
  const count = '00000001';
  const secret = hash(`${user}:${realm}:${password}`);
  const ha1 = /-sess$/i.test(algorithm) ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const ha2 = hash(`${method}:${uri}`);
  const middle = options === undefined ? nonce : `${nonce}:${count}:${cnonce}:auth`;
  const parts = [
    `username="${user.replace(/["\\]/g, '\\$&')}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${hash(`${ha1}:${middle}:${ha2}`)}"`,
    `algorithm=${algorithm}`,
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(options === undefined ? [] : ['qop=auth', `nc=${count}`, `cnonce="${cnonce}"`]),
  ];
  return `Digest ${parts.join(', ')}`;
}

const HASHES: ReadonlyMap<string, string> = new Map([
  ['MD5', 'md5'],
  ['SHA', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-512', 'sha512'],
]);

function parametersOf(challenge: string): ReadonlyMap<string, string> {
  const found = challenge.matchAll(/([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi);
  return new Map([...found].map(([, name = '', quoted, plain = '']) => [name.toLowerCase(), quoted ?? plain]));
}
