import type { ScalarNode } from './node.ts';

/**
 * Finds the character of a scalar's value in the text that it was read from: quotes, escapes, folded line breaks and
 * the indentation of blocks are passed over. Exact but for blocks with an indentation indicator of their own.
 * @param index counted in the scalar's value
 */
export function sourceOffset(text: string, node: ScalarNode, index: number): number {
  let offset = contentStart(text, node);
  if (node.style === 'plain' && node.end - node.start === String(node.value).length) return offset + index;
  const indent = node.style === 'literal' ? indentOf(text, offset) : 0;
  for (let left = index; left > 0 && offset < node.end; ) {
    const step = nextCharacter(text, offset, node, indent);
    if (step.length > left) break;
    offset = step.end;
    left -= step.length;
  }
  return Math.min(offset, node.end);
}

/** Where the first character of the value stands. */
function contentStart(text: string, node: ScalarNode): number {
  switch (node.style) {
    case 'plain':
      return node.start;
    case 'single':
    case 'double':
      return node.start + 1;
    case 'literal':
      return skip(text, node.start, /[^\r\n]*(?:\r\n|\r|\n)?/y);
    case 'folded':
      return skip(text, node.start, /[^\r\n]*(?:\r\n|\r|\n)? */y);
  }
}

/** The next part of the text, and how many characters of the value it stands for. */
function nextCharacter(
  text: string,
  offset: number,
  node: ScalarNode,
  indent: number,
): { readonly end: number; readonly length: number } {
  if (node.style === 'literal') {
    const atLineStart = /[\r\n]/.test(text.charAt(offset - 1));
    if (atLineStart) {
      const spaces = skip(text, offset, / */y) - offset;
      if (spaces > 0 && indent > 0) return { end: offset + Math.min(spaces, indent), length: 0 };
    }
    const end = skip(text, offset, /\r\n|[\s\S]/y);
    return { end, length: 1 };
  }
  const folded = skip(text, offset, /[ \t]*(?:(?:\r\n|\r|\n)[ \t]*)+/y);
  if (folded > offset) {
    const breaks = text.slice(offset, folded).match(/\r\n|\r|\n/g)?.length ?? 1;
    return { end: folded, length: Math.max(1, breaks - 1) };
  }
  if (node.style === 'single' && text.startsWith("''", offset)) return { end: offset + 2, length: 1 };
  if (node.style === 'double' && text.charAt(offset) === '\\') {
    const end = skip(text, offset, /\\(?:x..|u....|U........|(?:\r\n|\r|\n)[ \t]*|[\s\S])/y);
    const written = text.slice(offset, end);
    if (/^\\[\r\n]/.test(written)) return { end, length: 0 };
    return { end, length: written.startsWith('\\U') && Number.parseInt(written.slice(2), 16) > 0xffff ? 2 : 1 };
  }
  return { end: offset + 1, length: 1 };
}

/** How far the first line that is not blank is indented. */
function indentOf(text: string, offset: number): number {
  const firstLine = skip(text, offset, /(?: *(?:\r\n|\r|\n))*/y);
  return skip(text, firstLine, / */y) - firstLine;
}

function skip(text: string, offset: number, pattern: RegExp): number {
  pattern.lastIndex = offset;
  return offset + (pattern.exec(text)?.[0].length ?? 0);
}
