import { spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { PythonObject, type Value } from './value.ts';

/** Python's `bytes`: what `encode()` makes of a text, and `!!binary` of YAML. */
export class Bytes extends PythonObject {
  readonly typeName = 'bytes';
  readonly data: Uint8Array;

  constructor(data: Uint8Array) {
    super();
    this.data = data;
  }

  override repr(): string {
    spend(this.data.length * 2);
    const quote = this.data.includes(0x27) && !this.data.includes(0x22) ? '"' : "'";
    return `b${quote}${Array.from(this.data, (byte) => byteText(byte, quote)).join('')}${quote}`;
  }

  iterate(): Iterable<Value> {
    return this.data.values();
  }

  override isEqual(other: Value): boolean {
    return other instanceof Bytes && this.key() === other.key();
  }

  /** Two of them are equal when they have the same. */
  key(): string {
    return this.hex();
  }

  hex(): string {
    spend(this.data.length * 2);
    return Array.from(this.data, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  /** @throws ExpressionError when they are no text in that encoding */
  decode(encoding: string): string {
    const limit = limitOf(encoding);
    if (limit === null) {
      try {
        // The one decoder that the language itself has.
        return decodeURIComponent(this.hex().replace(/../g, '%$&'));
      } catch {
        throw new ExpressionError("'utf-8' codec can't decode these bytes");
      }
    }
    if (this.data.some((byte) => byte > limit)) throw new ExpressionError(`'${encoding}' codec can't decode this byte`);
    return Array.from(this.data, (byte) => String.fromCharCode(byte)).join('');
  }
}

/** @throws ExpressionError for what the encoding has no bytes for, unless the errors are to be left out or replaced */
export function encodeText(text: string, encoding: string, errors: string): Bytes {
  spend(text.length * 6);
  const limit = limitOf(encoding) ?? 0x10ffff;
  const kept = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code <= limit && !(code >= 0xd800 && code <= 0xdfff)) return character;
    if (errors === 'ignore') return '';
    if (errors === 'replace') return '?';
    throw new ExpressionError(`'${encoding}' codec can't encode character '\\x${code.toString(16)}'`);
  }).join('');
  const units =
    limit === 0x10ffff
      ? encodeURIComponent(kept).replace(/%(..)/g, (_whole, hex: string) =>
          String.fromCharCode(Number.parseInt(hex, 16)),
        )
      : kept;
  return new Bytes(Uint8Array.from(units, (unit) => unit.charCodeAt(0)));
}

/** The last code point of an encoding of one byte a character; null for UTF-8. */
function limitOf(encoding: string): number | null {
  const name = encoding.toLowerCase().replace(/[-_ ]/g, '');
  if (name === 'utf8' || name === 'u8') return null;
  if (name === 'ascii' || name === 'usascii') return 0x7f;
  if (name === 'latin1' || name === 'iso88591' || name === 'l1') return 0xff;
  throw new ExpressionError(`unknown encoding: ${encoding} (known are utf-8, ascii and latin-1)`);
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** What a text in base64 stands for; characters that mean nothing there are passed over. */
export function decodeBase64(text: string): Bytes {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text) {
    const digit = BASE64.indexOf(character);
    if (digit === -1) continue;
    held = ((held << 6) | digit) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return new Bytes(Uint8Array.from(bytes));
}

const ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };

function byteText(byte: number, quote: string): string {
  const character = String.fromCharCode(byte);
  if (character === quote) return `\\${character}`;
  const printable = byte >= 0x20 && byte < 0x7f;
  return ESCAPES[byte] ?? (printable ? character : `\\x${byte.toString(16).padStart(2, '0')}`);
}
