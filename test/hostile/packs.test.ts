import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OwnActions, type OwnActionsOptions } from '../../engine/actions/own/own-actions.ts';
import { actions as builtIn } from '../../engine/actions/registry.ts';
import { failureOf, resultOf, runAction } from '../engine/actions/action-fixture.ts';
import { until } from '../engine/actions/processes.ts';
import { temporaryFolder } from '../engine/runtime/engine-fixture.ts';
import { type HostilePack, packs } from './packs.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };
const SOUND = "export const sound = { name: 'acme.sound', run: () => 'as ever' };";

/** All of them in one folder, each beside all others, with a sound module in their middle and one that comes last. */
class Folder {
  readonly own: OwnActions;
  private readonly outside: Awaited<ReturnType<typeof temporaryFolder>>;

  private constructor(own: OwnActions, outside: Awaited<ReturnType<typeof temporaryFolder>>) {
    this.own = own;
    this.outside = outside;
  }

  static async open(all: readonly HostilePack[], options: Partial<OwnActionsOptions>): Promise<Folder> {
    const outside = await temporaryFolder('packs');
    const folder = join(outside.path, 'actions');
    await mkdir(folder);
    for (const [at, { text }] of all.entries()) {
      await writeFile(join(folder, fileOf(at)), text.replaceAll('acme.bad', nameOf(at)));
    }
    await writeFile(join(folder, `${fileOf(Math.floor(all.length / 2))}-sound.js`), SOUND);
    await writeFile(join(folder, 'z-sound.js'), SOUND.replace('acme.sound', 'acme.last'));
    return new Folder(await OwnActions.open({ folder, builtIn, log, ...options }), outside);
  }

  problemsOf(at: number): readonly string[] {
    return this.own
      .problems()
      .filter(({ file }) => file.endsWith(`/${fileOf(at)}`))
      .map(({ message }) => message);
  }

  async expectSound(): Promise<void> {
    for (const name of ['acme.sound', 'acme.last']) {
      const action = this.own.get(name);
      if (action === undefined) throw new Error(`${name} is not there: ${JSON.stringify(this.own.problems())}`);
      expect(await resultOf(runAction(action, {}))).toBe('as ever');
    }
    expect(this.own.get('std.http')).toBe(builtIn.get('std.http'));
    expect({}).not.toHaveProperty('isAdmin');
  }

  /** Nothing was written beside the folder. */
  async close(): Promise<void> {
    await this.own.close();
    expect(await readdir(this.outside.path)).toEqual(['actions']);
    await this.outside[Symbol.asyncDispose]();
  }
}

const fileOf = (at: number): string => `m${String(at).padStart(2, '0')}.js`;
const nameOf = (at: number): string => `acme.bad${at}`;

const isRefused = ({ isLoaded }: HostilePack): boolean => isLoaded !== true;
const numbered = (all: readonly HostilePack[]) => all.map((pack, at) => ({ ...pack, at }));

describe('a module that means harm is refused with a sentence, and those beside it work', () => {
  const refused = packs.filter(isRefused);
  let folder: Folder;
  beforeAll(async () => {
    folder = await Folder.open(refused, { slow: 500, loading: 5000 });
    const isSlow = (): boolean => folder.own.problems().some(({ message }) => message.includes('takes long to load'));
    await until(() => (isSlow() ? null : true));
  }, 120_000);
  afterAll(() => folder.close());

  test.each(numbered(refused))('$name', ({ at, says }) => {
    const said = folder.problemsOf(at);
    expect(said).toEqual([expect.stringMatching(says)]);
    expect(said[0]).toMatch(/\.$/);
    expect(folder.own.get(nameOf(at))).toBeUndefined();
  });

  test('and all of that is said of them only', async () => {
    expect(folder.own.problems()).toHaveLength(refused.length);
    await folder.expectSound();
  });
});

describe('a module that means harm fails with a sentence when it runs, and those beside it work', () => {
  const loaded = packs.filter((pack) => !isRefused(pack));
  let folder: Folder;
  beforeAll(async () => {
    folder = await Folder.open(loaded, { memory: 128, stopping: 200 });
  });
  afterAll(() => folder.close());

  test.each(numbered(loaded))('$name', async ({ at, says }) => {
    const bad = folder.own.get(nameOf(at));
    if (bad === undefined) throw new Error(`it was not loaded: ${folder.problemsOf(at).join(' ')}`);
    expect(folder.own.problems()).toEqual([]);
    const stop = new AbortController();
    const stopped = (line: string): void => {
      if (line === 'stop me') stop.abort();
    };
    expect(await failureOf(runAction(bad, {}, { signal: stop.signal, log: stopped }))).toMatch(says);
    await folder.expectSound();
  });
});
