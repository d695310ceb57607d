/**
 * Takes secrets out of a text that comes in pieces, before anybody cuts it: half of a secret is not recognised. What may be
 * the beginning of one is held back until the next piece.
 */
export interface TextMask {
  add(piece: string): string;
  /** What was held back. */
  end(): string;
}

/** Where there is nothing to be taken out. */
export const plainText: TextMask = { add: (piece) => piece, end: () => '' };

/** The whole text at once. */
export function maskedBy(mask: TextMask, text: string): string {
  return mask.add(text) + mask.end();
}
