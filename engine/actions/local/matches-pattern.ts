/**
 * Whether a name looks like a pattern in which `*` stands for anything and `?` for one character. The cost is at most the
 * one length times the other: a regular expression could be made to never come to an end.
 */
export function matchesPattern(name: string, pattern: string): boolean {
  let at = 0;
  let inPattern = 0;
  /** Where the last `*` was, and how much of the name it stands for until now. */
  let star = -1;
  let taken = 0;
  while (at < name.length) {
    if (pattern[inPattern] === '*') {
      star = inPattern++;
      taken = at;
    } else if (pattern[inPattern] === '?' || pattern[inPattern] === name[at]) {
      inPattern++;
      at++;
    } else if (star >= 0) {
      // The last star has to stand for one character more; those before it need not be looked at again.
      inPattern = star + 1;
      at = ++taken;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(inPattern));
}
