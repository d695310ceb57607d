import { toJsonText } from '../../../engine/model/json-text.ts';
import { toJson, type YamlNode } from '../../../engine/yaml/node.ts';
import { readYaml } from '../../../engine/yaml/read-yaml.ts';

export type Formatted =
  | { readonly ok: true; readonly text: string }
  /** `message` is a sentence. */
  | { readonly ok: false; readonly message: string };

const STEP = 2;

/**
 * The text with two spaces for each level, no spaces at the ends of lines and one line end at its own. Words, comments and
 * the order stay; a text that would mean something else afterwards is left alone.
 */
export function format(text: string): Formatted {
  const meaning = meaningOf(text);
  if (meaning === null) return { ok: false, message: 'The text cannot be formatted before it is right as YAML.' };
  const { root } = readYaml(text, { anchors: false });
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r\n|\n|\r/);
  const indents = new Map<number, number>();
  if (root !== null) place(root, 0, new Lines(lines, lineEnd.length, text), indents);
  const result = `${indent(lines, indents).join(lineEnd).trimEnd()}${lineEnd}`;
  if (meaningOf(result) !== meaning) {
    return { ok: false, message: 'The text is left as it is: indented anew it would mean something else.' };
  }
  return { ok: true, text: result };
}

function meaningOf(text: string): string | null {
  const { root, errors } = readYaml(text, { anchors: false });
  return errors.length > 0 ? null : toJsonText(root === null ? null : toJson(root));
}

class Lines {
  readonly lines: readonly string[];
  readonly text: string;
  readonly #starts: readonly number[];

  constructor(lines: readonly string[], lineEnd: number, text: string) {
    this.lines = lines;
    this.text = text;
    let at = 0;
    this.#starts = lines.map((line) => {
      const start = at;
      at += line.length + lineEnd;
      return start;
    });
  }

  /** The line of an offset, from 0. */
  of(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Notes for every line that begins with a key or a dash where it has to begin. */
function place(node: YamlNode, column: number, lines: Lines, indents: Map<number, number>): void {
  if (node.kind === 'scalar' || /[{[]/.test(lines.text[node.start] ?? '')) return;
  const put = (line: number) => {
    if (!indents.has(line)) indents.set(line, column);
  };
  if (node.kind === 'map') {
    for (const { key, value } of node.entries) {
      const line = lines.of(key.start);
      put(line);
      // In one line with its key there are only scalars and flows.
      if (value.start < value.end && lines.of(value.start) > line) place(value, column + STEP, lines, indents);
    }
    return;
  }
  for (const item of node.items) {
    // An empty item has no place of its own, and one on the next line leaves its dash behind: both keep their distance.
    const line = lines.of(item.start);
    if (!/^\s*-(\s|$)/.test(lines.lines[line] ?? '')) continue;
    put(line);
    place(item, column + STEP, lines, indents);
  }
}

function indent(lines: readonly string[], indents: ReadonlyMap<number, number>): readonly string[] {
  const shiftAt = (line: number): number | null => {
    const wanted = indents.get(line);
    return wanted === undefined ? null : wanted - widthOf(lines[line] ?? '');
  };
  let shift = 0;
  return lines.map((line, at) => {
    if (line.trim() === '') return '';
    const isComment = line.trimStart().startsWith('#');
    const own = shiftAt(at);
    if (own !== null) shift = own;
    // A comment belongs to what follows it.
    const next = isComment && own === null ? nextShift(lines, at, shiftAt) : null;
    const width = Math.max(0, widthOf(line) + (next ?? shift));
    return `${' '.repeat(width)}${line.trim()}`;
  });
}

function nextShift(lines: readonly string[], from: number, shiftAt: (line: number) => number | null): number | null {
  for (let at = from + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() !== '' && !line.trimStart().startsWith('#')) return shiftAt(at);
  }
  return null;
}

function widthOf(line: string): number {
  return line.length - line.trimStart().length;
}
