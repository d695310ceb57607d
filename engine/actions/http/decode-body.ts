import { promisify } from 'node:util';
import zlib from 'node:zlib';

type Decoder = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const gunzip: Decoder = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const inflate: Decoder = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw: Decoder = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);
const unbrotli: Decoder = promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress);

/** Some servers mean the bare format when they say deflate; the first byte tells. */
const deflate: Decoder = (bytes, options) => (((bytes[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)(bytes, options);

const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', deflate],
  ['br', unbrotli],
]);

/**
 * Undoes the content encodings of a body, the last one first; one that is not known leaves it as it is.
 *
 * @returns null when it would be larger than the limit
 * @throws Error when the body is not what the encoding says
 */
export async function decodeBody(body: Buffer, encodings: string | null, limit: number): Promise<Buffer | null> {
  let bytes = body;
  const names = (encodings ?? '').split(',').map((each) => each.trim().toLowerCase());
  for (const name of names.reverse()) {
    const decode = DECODERS.get(name);
    if (decode === undefined || bytes.length === 0) return bytes;
    try {
      bytes = await decode(bytes, { maxOutputLength: limit });
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }
  return bytes;
}
