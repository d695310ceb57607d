import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Figures, median } from './figures.ts';

/** A line of the journal as a small task leaves it. */
const LINE = `${'x'.repeat(599)}\n`;
/** A document of a three-task execution. */
const DOCUMENT = 'x'.repeat(6000);

/** What the machine can do at best: the figures that the others are to be read against. */
export async function measureMachine(folder: string): Promise<Figures> {
  return {
    'sync append': appendsPerSecond(join(folder, 'sync')),
    'async append': await appendLatency(join(folder, 'async')),
    'write and rename': await renamesPerSecond(folder),
    stringify: stringifySpeed(),
  };
}

/** Append + fdatasync a second, the thread blocked. */
function appendsPerSecond(path: string): number {
  const file = openSync(path, 'a');
  const times = 300;
  const started = performance.now();
  for (let i = 0; i < times; i++) {
    writeSync(file, LINE);
    fdatasyncSync(file);
  }
  const seconds = (performance.now() - started) / 1000;
  closeSync(file);
  return times / seconds;
}

/** Milliseconds that append + fdatasync take beside a free event loop, p50. */
async function appendLatency(path: string): Promise<number> {
  const file = await open(path, 'a');
  const times: number[] = [];
  for (let i = 0; i < 300; i++) {
    const started = performance.now();
    await file.write(LINE);
    await file.datasync();
    times.push(performance.now() - started);
  }
  await file.close();
  return median(times);
}

/** Small files a second that are written beside their name and renamed, one after another, without a sync. */
async function renamesPerSecond(folder: string): Promise<number> {
  const times = 500;
  const started = performance.now();
  for (let i = 0; i < times; i++) {
    const path = join(folder, `document-${i}`);
    await writeFile(`${path}.tmp`, DOCUMENT);
    await rename(`${path}.tmp`, path);
  }
  return times / ((performance.now() - started) / 1000);
}

/** Megabytes a second that JSON.stringify writes. */
function stringifySpeed(): number {
  const record = { id: '6f9619ff-8b86-4011-b42d-00cf4fc964ff', state: 'SUCCESS', order: 17, published: { x: [1, 2] } };
  const records = Array.from({ length: 10_000 }, (_, order) => ({ ...record, order }));
  let bytes = 0;
  const started = performance.now();
  for (let i = 0; i < 10; i++) bytes += JSON.stringify(records).length;
  return bytes / 1e6 / ((performance.now() - started) / 1000);
}
