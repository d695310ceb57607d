import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Json } from '../../model/json.ts';
import type { ExchangeOptions } from './exchange.ts';

/** Bytes of certificates; a system's own bundle has some 200,000. */
const SIZE_LIMIT = 20_000_000;

/**
 * Whom to believe who a server is.
 *
 * @param verify false: whatever it says; a text: the path of a file or folder of certificates; else the usual authorities
 * @throws Error when there is no such file or folder
 */
export async function readTls(verify: Json): Promise<ExchangeOptions['tls']> {
  if (verify === false) return { rejectUnauthorized: false };
  if (typeof verify !== 'string' || verify === '') return {};
  try {
    return { ca: await readBundle(verify) };
  } catch {
    throw new Error(`Could not find a suitable TLS CA certificate bundle, invalid path: ${verify}`);
  }
}

async function readBundle(file: string): Promise<string> {
  const found = await stat(file);
  if (found.size > SIZE_LIMIT) throw new Error('It is too large.');
  if (!found.isDirectory()) return readFile(file, 'utf8');
  const entries = await readdir(file, { withFileTypes: true });
  const files = entries
    .filter((each) => /\.(pem|crt|cer|\d)$/.test(each.name))
    .map((each) => path.join(file, each.name));
  const texts = await Promise.all(files.map((each) => readFile(each, 'utf8')));
  return texts.join('\n');
}
