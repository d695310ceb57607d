/** Where a text holds what was typed, and how well: a higher score is a better match. */
export interface FuzzyMatch {
  readonly score: number;
  /** The places in the text, in UTF-16 units, of each letter that was typed. */
  readonly at: readonly number[];
}

const IN_A_ROW = 8;
const BEGINS_WORD = 6;
const BEGINS_TEXT = 4;
const FOUND = 1;
const none: FuzzyMatch = { score: 0, at: [] };

/**
 * Whether all letters of `typed` come in `text` in their order, capital or not, spaces left out. Letters in a row and at the
 * beginnings of words count more; of two texts with the same letters the shorter one is better.
 */
export function fuzzyMatch(typed: string, text: string): FuzzyMatch | null {
  const letters = lower(typed).replaceAll(/\s+/g, '');
  if (letters === '') return none;
  const searched = lower(text);
  let best: FuzzyMatch | null = null;
  // From each place where it could begin: the first one is not always the best ("Show sub_workflow" for "sub").
  for (let from = searched.indexOf(letters.charAt(0)); from !== -1; ) {
    const found = matchFrom(letters, searched, from);
    if (found === null) break;
    if (best === null || found.score > best.score) best = found;
    from = searched.indexOf(letters.charAt(0), from + 1);
  }
  return best === null ? null : { ...best, score: best.score - Math.min(text.length, 200) / 1000 };
}

/** Takes for each letter the next beginning of a word that has it, unless it goes on in a row, else the next place. */
function matchFrom(letters: string, text: string, from: number): FuzzyMatch | null {
  const at: number[] = [];
  let score = 0;
  let next = from;
  for (let n = 0; n < letters.length; n++) {
    const place = n === 0 ? from : placeOf(letters, n, text, next);
    if (place === -1) return null;
    score += place === next && n > 0 ? IN_A_ROW : beginsWord(text, place) ? BEGINS_WORD : FOUND;
    if (place === 0) score += BEGINS_TEXT;
    at.push(place);
    next = place + 1;
  }
  return { score, at };
}

function placeOf(letters: string, n: number, text: string, from: number): number {
  const letter = letters.charAt(n);
  if (text.charAt(from) === letter) return from;
  const first = text.indexOf(letter, from);
  for (let place = first; place !== -1; place = text.indexOf(letter, place + 1)) {
    if (beginsWord(text, place) && hasAll(letters, n + 1, text, place + 1)) return place;
  }
  return first;
}

function hasAll(letters: string, n: number, text: string, from: number): boolean {
  let next = from;
  for (let each = n; each < letters.length; each++) {
    const place = text.indexOf(letters.charAt(each), next);
    if (place === -1) return false;
    next = place + 1;
  }
  return true;
}

function beginsWord(text: string, place: number): boolean {
  return place === 0 || /[^\p{L}\p{N}]/u.test(text.charAt(place - 1));
}

/** Letter by letter, so that places stay what they are: İ alone would become two. */
function lower(text: string): string {
  return Array.from(text, (letter) => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  }).join('');
}
