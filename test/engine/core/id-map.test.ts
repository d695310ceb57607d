import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdMap } from '../../../engine/core/id-map.ts';
import { IdSet } from '../../../engine/core/id-set.ts';

/** Only the ends of a long id are looked at for its place, so these all want the same. */
const crowded = fc.nat({ max: 200 }).map((n) => `01234567-${String(n).padStart(6, '0')}-89ab`);
const ids = fc.oneof(fc.uuid(), crowded, fc.string({ maxLength: 3 }), fc.constantFrom('__proto__', 'constructor'));
const changes = fc.array(fc.tuple(ids, fc.option(fc.nat({ max: 3 }))), { maxLength: 300 });

test('a map holds what a plain one would after any changes, and the maps before them stay as they were', () =>
  fc.assert(
    fc.property(changes, (each) => {
      const plain = new Map<string, number>();
      const before: (readonly [IdMap<string, number>, Map<string, number>])[] = [];
      let map = IdMap.of<string, number>();
      for (const [id, value] of each) {
        before.push([map, new Map(plain)]);
        if (value === null) plain.delete(id);
        else plain.set(id, value);
        map = value === null ? map.delete(id) : map.set(id, value);
        expect(map.get(id)).toBe(plain.get(id));
        expect(map.has(id)).toBe(plain.has(id));
      }
      for (const [old, then] of [...before.slice(-20), [map, plain] as const]) {
        expect(new Map(old)).toEqual(then);
        expect([...old.keys()].length).toBe(old.size);
        expect([...old.values()].sort()).toEqual([...then.values()].sort());
      }
    }),
  ));

test('a map that is made of many entries at once is the same as one that got them one after the other', () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(ids, fc.nat({ max: 3 })), { maxLength: 300 }), changes, (entries, later) => {
      const plain = new Map<string, number>(entries);
      let map = IdMap.of<string, number>(entries);
      const whole = map;
      expect(whole.size).toBe(plain.size);
      expect(new Map(whole)).toEqual(plain);
      // Nothing that comes later changes it: what was filled in place is shared from now on.
      for (const [id, value] of later) map = value === null ? map.delete(id) : map.set(id, value);
      expect(new Map(whole)).toEqual(plain);
      for (const [id, value] of later)
        if (value === null) plain.delete(id);
        else plain.set(id, value);
      expect(new Map(map)).toEqual(plain);
    }),
  ));

test('what changes nothing gives the same map and set', () => {
  const map = IdMap.of<string, number>([
    ['a', 1],
    ['b', Number.NaN],
  ]);
  expect(map.set('a', 1)).toBe(map);
  expect(map.set('b', Number.NaN)).toBe(map);
  expect(map.delete('c')).toBe(map);
  expect(map.update('c', 5, (value) => value + 1).get('c')).toBe(6);
  const set = IdSet.of<string>(['a']);
  expect(set.add('a')).toBe(set);
  expect(set.delete('b')).toBe(set);
  expect([...set.add('b')].sort()).toEqual(['a', 'b']);
  expect(set.delete('a').isEmpty()).toBe(true);
});
