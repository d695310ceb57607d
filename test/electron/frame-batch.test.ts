import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FrameBatch } from '../../electron/frame-batch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function batches() {
  const sent: (readonly number[])[] = [];
  return { sent, batch: new FrameBatch<number>((items) => sent.push(items)) };
}

test('a lone item goes at once', () => {
  const { sent, batch } = batches();
  batch.add([1]);
  expect(sent).toEqual([[1]]);
});

test('what comes within a frame goes together at its end, in its order', () => {
  const { sent, batch } = batches();
  batch.add([1]);
  batch.add([2, 3]);
  batch.add([4]);
  expect(sent).toEqual([[1]]);
  vi.advanceTimersByTime(16);
  expect(sent).toEqual([[1], [2, 3, 4]]);
});

test('a stream is cut into one batch per frame and loses nothing', () => {
  const { sent, batch } = batches();
  for (let n = 0; n < 160; n++) {
    batch.add([n]);
    vi.advanceTimersByTime(1);
  }
  vi.runAllTimers();
  expect(sent.length).toBeLessThanOrEqual(11);
  expect(sent.flat()).toEqual(Array.from({ length: 160 }, (_, n) => n));
});

test('no timer runs when nothing comes', () => {
  const { batch } = batches();
  batch.add([1]);
  vi.advanceTimersByTime(16);
  expect(vi.getTimerCount()).toBe(0);
});

test('what is added while a batch is being sent goes with the next', () => {
  const sent: (readonly number[])[] = [];
  const batch: FrameBatch<number> = new FrameBatch((items) => {
    sent.push(items);
    if (items.includes(1)) batch.add([2]);
  });
  batch.add([1]);
  vi.runAllTimers();
  expect(sent).toEqual([[1], [2]]);
});
