import { StringDecoder } from 'node:string_decoder';

/** A text that comes in pieces and may be endless: of a long one the beginning and the end are kept. */
export class BoundedText {
  private readonly half: number;
  private readonly decoder = new StringDecoder('utf8');
  private start = '';
  private readonly end: string[] = [];
  private endSize = 0;
  private left = 0;

  /** @param limit in characters */
  constructor(limit: number) {
    this.half = Math.ceil(limit / 2);
  }

  /** Returns the text of the bytes, without a character that is not whole yet. */
  add(bytes: Buffer): string {
    const text = this.decoder.write(bytes);
    const room = this.half - this.start.length;
    this.start += text.slice(0, room);
    const rest = text.slice(room);
    if (rest === '') return text;
    this.end.push(rest);
    this.endSize += rest.length;
    while (this.endSize - (this.end[0]?.length ?? 0) >= this.half) {
      const dropped = this.end.shift()?.length ?? 0;
      this.endSize -= dropped;
      this.left += dropped;
    }
    return text;
  }

  toString(): string {
    const end = this.end.join('') + this.decoder.end();
    const kept = end.slice(-this.half);
    const left = this.left + end.length - kept.length;
    return left === 0 ? this.start + kept : `${this.start}\n… ${left} characters are left out here …\n${kept}`;
  }
}
