import { keyText, type YamlNode } from '../yaml/node.ts';

/** What a person would call the value, for the end of "must be ..., not ...". */
export function describe(node: YamlNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a dictionary';
  switch (node.type) {
    case 'null':
      return 'nothing';
    case 'boolean':
      return node.value === true ? 'true' : 'false';
    case 'integer':
    case 'float':
      return `the number ${shorten(keyText(node))}`;
    case 'string':
      return node.value === '' ? 'an empty text' : `the text '${shorten(keyText(node))}'`;
    case 'date':
      return 'a date';
    case 'binary':
      return 'binary data';
  }
}

export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}

/** For the beginning of a sentence. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
