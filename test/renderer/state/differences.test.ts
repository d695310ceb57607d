import { expect, test } from 'vitest';
import { Float, type JsonObject } from '../../../engine/model/json.ts';
import { mergeDeep } from '../../../engine/model/merge-deep.ts';
import { differencesOf } from '../../../renderer/state/differences.ts';

const before: JsonObject = { region: 'eu', size: 1, tags: ['a'], db: { host: 'x', port: 1 } };

test('names each value that is new, is another one, or stays although it was left out', () => {
  expect(differencesOf(before, { region: 'us', size: 1, tags: [], db: { port: 1, user: null } })).toEqual([
    { type: 'changed', path: 'region', before: '"eu"', after: '"us"' },
    { type: 'changed', path: 'tags', before: '["a"]', after: '[]' },
    { type: 'added', path: 'db.user', before: null, after: 'null' },
    { type: 'kept', path: 'db.host', before: '"x"', after: null },
  ]);
});

test('says what merging does: nothing for the same values, and 1 is not 1.0', () => {
  expect(differencesOf(before, before)).toEqual([]);
  expect(differencesOf(before, mergeDeep(before, {}))).toEqual([]);
  expect(differencesOf({ size: 1 }, { size: new Float(1) })).toEqual([
    { type: 'changed', path: 'size', before: '1', after: '1.0' },
  ]);
});
