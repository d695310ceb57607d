import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

/** The page has an origin of its own: `file:` would let it read every file of the person. */
export const pageScheme = 'app';
export const pageUrl = `${pageScheme}://windrose/`;
/** What is shown in the place of a page that has crashed. */
export const crashUrl = `${pageUrl}crash.html`;

/** Stands in a page in the place of what is only known when it is served: `%NONCE%`. */
const PLACE = /%([A-Z]+)%/g;

/**
 * The page may use what it was delivered with and nothing else: no inline script, no network, no frames.
 * @param nonce by which the page's own code may add a style element, as the editor does; a new one for every page
 */
const contentSecurityPolicy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const contentTypes = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.woff2', 'font/woff2'],
  ['.wasm', 'application/wasm'],
]);

/**
 * Answers the page's requests from the folder that the build made, and from nowhere else.
 * @param facts plain texts for the places in a page, by their names; the nonce has its own
 */
export function servePage(
  folder: string,
  facts: () => Readonly<Record<string, string>> = () => ({}),
): (request: { readonly url: string }) => Promise<Response> {
  return async ({ url }) => {
    const file = fileOf(url, folder);
    const type = file === null ? undefined : contentTypes.get(path.extname(file));
    if (file === null || type === undefined) return new Response('Not found', { status: 404 });
    try {
      const nonce = randomBytes(16).toString('base64');
      const body = await fs.readFile(file);
      const values: Readonly<Record<string, string>> = { ...facts(), NONCE: nonce };
      const fill = (place: string, name: string): string => escaped(values[name] ?? place);
      return new Response(type.startsWith('text/html') ? body.toString().replace(PLACE, fill) : body, {
        headers: {
          'content-type': type,
          'content-security-policy': contentSecurityPolicy(nonce),
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-cache',
        },
      });
    } catch {
      return new Response('Not found', { status: 404 });
    }
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function fileOf(url: string, folder: string): string | null {
  const { host, pathname } = new URL(url);
  if (`${pageScheme}://${host}/` !== pageUrl) return null;
  let name: string;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const file = path.resolve(folder, `.${name === '/' ? '/index.html' : name}`);
  return file.startsWith(folder + path.sep) ? file : null;
}
