/** One line of a log. `number` counts from 1. */
export interface LogLine {
  readonly number: number;
  /** In milliseconds since 1970. */
  readonly at: number;
  /** What a command wrote where; null for what somebody says without a command. */
  readonly source: 'stdout' | 'stderr' | null;
  readonly text: string;
}

export type LogRow =
  | { readonly type: 'line'; readonly line: LogLine }
  /** Lines that were dropped stood here. */
  | { readonly type: 'gap'; readonly key: number; readonly count: number };

/** What a log may hold at once. */
const MOST = 5000;

/** The log with the lines that came: each number once, in order, the newest {@link MOST}. */
export function foldLines(before: readonly LogLine[], fresh: readonly LogLine[]): readonly LogLine[] {
  const last = before.at(-1)?.number ?? 0;
  const added = fresh.filter(({ number }) => number > last);
  return added.length === 0 ? before : [...before, ...added].slice(-MOST);
}

/** What is shown of a log: all lines with a word where some are missing, or those in which the text occurs. */
export function logRows(lines: readonly LogLine[], search: string): readonly LogRow[] {
  const wanted = search.trim().toLowerCase();
  const rows: LogRow[] = [];
  let expected = 1;
  for (const line of lines) {
    if (wanted === '') {
      if (line.number > expected) rows.push({ type: 'gap', key: expected, count: line.number - expected });
      rows.push({ type: 'line', line });
    } else if (line.text.toLowerCase().includes(wanted)) rows.push({ type: 'line', line });
    expected = line.number + 1;
  }
  return rows;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that it takes away
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that it takes away
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** A line as a terminal would leave it: without colours, and of what it wrote over itself only the last. */
export function plainLine(text: string): string {
  const plain = text.replace(ESCAPES, '').replace(/\r+$/, '');
  return plain.slice(plain.lastIndexOf('\r') + 1).replace(CONTROLS, '');
}

/** The lines as they are pasted somewhere. */
export function logText(rows: readonly LogRow[]): string {
  return rows.map((row) => (row.type === 'line' ? row.line.text : `[${droppedInWords(row.count)}]`)).join('\n');
}

export function droppedInWords(count: number): string {
  return count === 1 ? 'An earlier line was dropped' : `${count.toLocaleString('en')} earlier lines were dropped`;
}
