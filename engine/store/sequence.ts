import type { HistoryLine } from './histories.ts';
import { decodePayload } from './line.ts';

/**
 * Which lines of one execution may be used, one after the other: each commit must follow the one before, because a commit
 * only means something on top of those that it was decided on.
 */
export class Sequence {
  /** Everything up to here is there. */
  position: number;
  /** The highest number that was seen. Above `position` when commits are missing in between. */
  highest: number;

  /** @param position what is there already */
  constructor(position: number) {
    this.position = position;
    this.highest = position;
  }

  /** Whether the line is the next commit. Lines that are there already are passed over. */
  takes({ head, bytes }: HistoryLine): boolean {
    this.highest = Math.max(this.highest, head.position);
    if (head.type === 'cut') {
      const from = Number(decodePayload(bytes.toString('utf8')));
      if (head.position > this.position && this.position >= from) this.position = head.position;
      return false;
    }
    if (head.position !== this.position + 1) return false;
    this.position = head.position;
    return true;
  }
}
