import { StringDecoder } from 'node:string_decoder';
import type { TextMask } from '../text-mask.ts';

/** A text that comes in pieces and may be endless: of a long one the beginning and the end are kept. */
export class BoundedText {
  private readonly half: number;
  private readonly decoder = new StringDecoder('utf8');
  private readonly mask: TextMask;
  private head = '';
  private readonly tail: string[] = [];
  private tailSize = 0;
  private left = 0;

  /** @param limit in characters */
  constructor(limit: number, mask: TextMask) {
    this.mask = mask;
    this.half = Math.ceil(limit / 2);
  }

  /** Returns the text of the bytes, without what is not whole yet: a character, a secret. */
  add(bytes: Buffer): string {
    return this.keep(this.mask.add(this.decoder.write(bytes)));
  }

  /** Nothing comes any more. Returns the text that was not whole. */
  end(): string {
    return this.keep(this.mask.add(this.decoder.end()) + this.mask.end());
  }

  private keep(text: string): string {
    const room = this.half - this.head.length;
    this.head += text.slice(0, room);
    const rest = text.slice(room);
    if (rest === '') return text;
    this.tail.push(rest);
    this.tailSize += rest.length;
    while (this.tailSize - (this.tail[0]?.length ?? 0) >= this.half) {
      const dropped = this.tail.shift()?.length ?? 0;
      this.tailSize -= dropped;
      this.left += dropped;
    }
    return text;
  }

  toString(): string {
    const end = this.tail.join('');
    const kept = end.slice(-this.half);
    const left = this.left + end.length - kept.length;
    return left === 0 ? this.head + kept : `${this.head}\n… ${left} characters are left out here …\n${kept}`;
  }
}
