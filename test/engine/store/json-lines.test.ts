import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BigInteger, decodeJson, encodeJson, Float } from '../../../engine/model/json.ts';
import { decodeBeginning, decodePieces, encodePieces } from '../../../engine/store/json-lines.ts';

const boxed = fc.constantFrom(new Float(1), new BigInteger(2n ** 70n));
const value = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.array(boxed), fc.constant(['\uf8fflist:0']), fc.constant('['));
const content = fc.dictionary(fc.string(), fc.oneof(value, fc.dictionary(fc.string(), value)));

test('what is written in pieces is JSON, and is read again as it was', async () => {
  await fc.assert(
    fc.asyncProperty(content, async (each) => {
      const text = `${[...encodePieces(each)].join('')}}`;
      const expected = decodeJson(encodeJson(each));
      expect(decodeJson(text)).toEqual(expected);
      expect(await decodePieces(Buffer.from(text))).toEqual(expected);
    }),
  );
});

test('a text that somebody has laid out otherwise is read too', async () => {
  const each = { list: [{ a: [1, 2] }, { b: {} }], object: { list: [[], [3]] } };
  for (const indent of [0, 1, 4]) {
    expect(await decodePieces(Buffer.from(JSON.stringify(each, null, indent)))).toEqual(each);
  }
});

test('a piece holds a part of a long list', () => {
  const pieces = [
    ...encodePieces({ document: { tasks: Array.from({ length: 10_000 }, (_, id) => ({ id, name: 'task' })) } }),
  ];
  expect(pieces.length).toBeGreaterThan(2);
  for (const piece of pieces) expect(piece.length).toBeLessThan(200_000);
});

test('the beginning of a text has what is whole in it, wherever it is cut off', async () => {
  const list = Array.from({ length: 30 }, (_, id) => ({ id, text: `ü ${id}`, list: [id] }));
  for (const whole of [
    { version: 1, document: { records: 2, tasks: list, actions: list } },
    { name: 'x', tasks: list },
  ]) {
    const bytes = Buffer.from([...encodePieces(whole)].join(''));
    let most = 0;
    for (let length = 60; length < bytes.length - 200; length += 7) {
      const begun = decodeBeginning(bytes.subarray(0, length));
      const { tasks = [], actions = [] } = { ...begun, ...(begun.document as object) } as Record<string, unknown[]>;
      expect(tasks).toEqual(list.slice(0, tasks.length));
      expect(actions).toEqual(list.slice(0, actions.length));
      expect(tasks.length + actions.length).toBeGreaterThanOrEqual(most);
      most = tasks.length + actions.length;
    }
    expect(most).toBeGreaterThan(20);
  }
});
