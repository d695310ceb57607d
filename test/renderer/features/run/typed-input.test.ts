import { describe, expect, test } from 'vitest';
import type { InputDeclaration } from '../../../../engine/api/resources.ts';
import { Float } from '../../../../engine/model/json.ts';
import {
  changeKind,
  type Drafts,
  draftOf,
  type InputDraft,
  initialDrafts,
  readInput,
} from '../../../../renderer/features/run/typed-input.ts';

const declarations: readonly InputDeclaration[] = [
  { name: 'host', required: true },
  { name: 'count', required: false, default: 3 },
  { name: 'ratio', required: false, default: 0.5 },
  { name: 'strict', required: false, default: false },
  { name: 'parts', required: false, default: ['a'] },
  { name: 'note', required: false, default: null },
  { name: 'script', required: false, default: 'one\ntwo' },
];

function typed(changes: Record<string, InputDraft>): Drafts {
  return new Map([...initialDrafts(declarations, {}), ...Object.entries(changes)]);
}

function errorsOf(drafts: Drafts): Record<string, string> {
  const reading = readInput(declarations, drafts);
  return reading.ok ? {} : Object.fromEntries(reading.errors);
}

describe('the run form', () => {
  test('edits every input in the manner of its default', () => {
    const kinds = [...initialDrafts(declarations, {})].map(([name, { kind }]) => [name, kind]);
    expect(Object.fromEntries(kinds)).toEqual({
      host: 'text',
      count: 'number',
      ratio: 'number',
      strict: 'boolean',
      parts: 'json',
      note: 'json',
      script: 'lines',
    });
  });

  test('starts with an example where there is one', () => {
    const drafts = initialDrafts(declarations, { host: 'db-1', count: 20 });
    expect(drafts.get('host')).toEqual({ kind: 'text', text: 'db-1' });
    expect(drafts.get('count')).toEqual({ kind: 'number', text: '20' });
    expect(drafts.get('strict')).toEqual({ kind: 'boolean', text: 'false' });
  });

  test('sends values with their types', () => {
    const drafts = typed({
      host: { kind: 'text', text: '5' },
      count: { kind: 'number', text: ' 5 ' },
      ratio: { kind: 'number', text: '1.0' },
      strict: { kind: 'boolean', text: 'true' },
      parts: { kind: 'json', text: '[1, "2"]' },
    });
    expect(readInput(declarations, drafts)).toEqual({
      ok: true,
      input: { host: '5', count: 5, ratio: new Float(1), strict: true, parts: [1, '2'] },
    });
  });

  test('leaves out what stands at its default', () => {
    expect(readInput(declarations, typed({ host: { kind: 'text', text: 'a' } }))).toEqual({
      ok: true,
      input: { host: 'a' },
    });
  });

  test('sends an emptied text as an empty text', () => {
    const optional: readonly InputDeclaration[] = [{ name: 'name', required: false, default: 'World' }];
    expect(readInput(optional, new Map([['name', { kind: 'text', text: '' }]]))).toEqual({
      ok: true,
      input: { name: '' },
    });
  });

  test('says for each input what is wrong with it', () => {
    expect(
      errorsOf(
        typed({
          count: { kind: 'number', text: 'five' },
          ratio: { kind: 'number', text: '1,5' },
          parts: { kind: 'json', text: '["a",\n b]' },
        }),
      ),
    ).toEqual({
      host: 'This input is required.',
      count: '“five” is not a number. Write it like 5, -0.5 or 1e3.',
      ratio: 'Write the decimals after a point: 1.5.',
      parts: 'Line 2, column 2: JSON wants double quotes around text: "b".',
    });
  });

  test('takes inputs whose names mean something to JavaScript', () => {
    const strange: readonly InputDeclaration[] = [
      { name: '__proto__', required: true },
      { name: 'constructor', required: false, default: 1 },
    ];
    const drafts = new Map([...initialDrafts(strange, {}), ['__proto__', { kind: 'text', text: 'x' } as const]]);
    const reading = readInput(strange, drafts);
    expect(reading.ok && Object.entries(reading.input)).toEqual([['__proto__', 'x']]);
  });
});

describe('changing the type of an input', () => {
  test('says the same in the new type where it can', () => {
    expect(changeKind({ kind: 'text', text: 'a "b"' }, 'json')).toEqual({ kind: 'json', text: '"a \\"b\\""' });
    expect(changeKind({ kind: 'text', text: '[1]' }, 'json')).toEqual({ kind: 'json', text: '[1]' });
    expect(changeKind({ kind: 'json', text: '"a"' }, 'text')).toEqual({ kind: 'text', text: 'a' });
    expect(changeKind({ kind: 'text', text: '5' }, 'number')).toEqual({ kind: 'number', text: '5' });
    expect(changeKind({ kind: 'text', text: 'true' }, 'boolean')).toEqual({ kind: 'boolean', text: 'true' });
    expect(changeKind({ kind: 'text', text: 'yes' }, 'boolean')).toEqual({ kind: 'boolean', text: 'false' });
  });

  test('keeps what was typed where it cannot', () => {
    expect(changeKind({ kind: 'json', text: '[1, ' }, 'text')).toEqual({ kind: 'text', text: '[1, ' });
    expect(changeKind({ kind: 'text', text: 'five' }, 'number')).toEqual({ kind: 'number', text: 'five' });
  });
});

test('text of several lines gets several lines, and a float keeps its point', () => {
  expect(draftOf('a\nb').kind).toBe('lines');
  expect(draftOf(new Float(2))).toEqual({ kind: 'number', text: '2.0' });
});
