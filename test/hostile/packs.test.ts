import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OwnActions } from '../../engine/actions/own/own-actions.ts';
import { actions as builtIn } from '../../engine/actions/registry.ts';
import { failureOf, resultOf, runAction } from '../engine/actions/action-fixture.ts';
import { temporaryFolder } from '../engine/runtime/engine-fixture.ts';
import { packs } from './packs.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };
const SOUND = "export const sound = { name: 'acme.sound', run: () => 'as ever' };";

describe('a module that means harm is refused or fails with a sentence, and the one beside it works', () => {
  test.each(packs)(
    '$name',
    async ({ text, says, isLoaded, spoilsOthers }) => {
      await using outside = await temporaryFolder('packs');
      const folder = join(outside.path, 'actions');
      await mkdir(folder);
      await writeFile(join(folder, 'a.js'), text);
      await writeFile(join(folder, 'b.js'), SOUND);
      const own = await OwnActions.open({ folder, builtIn, log, memory: 128 });
      try {
        const sound = async () => {
          const action = own.get('acme.sound');
          return action === undefined ? 'not there' : resultOf(runAction(action, {}));
        };
        if (spoilsOthers === undefined) expect(await sound()).toBe('as ever');
        const bad = own.get('acme.bad');
        const said = own.problems().map(({ message }) => message);
        if (isLoaded === true) {
          if (bad === undefined) throw new Error(`it was not loaded: ${said.join(' ')}`);
          const stop = new AbortController();
          const stopped = (line: string): void => {
            if (line === 'stop me') stop.abort();
          };
          expect(await failureOf(runAction(bad, {}, { signal: stop.signal, log: stopped }))).toMatch(says);
          expect(said).toEqual([]);
        } else {
          expect(said[0]).toMatch(says);
          expect(said).toHaveLength(spoilsOthers === undefined ? 1 : 2);
          expect(said[0]).toMatch(/\.$/);
          expect(bad).toBeUndefined();
        }
        if (spoilsOthers === undefined) expect(await sound()).toBe('as ever');
        expect(own.get('std.http')).toBe(builtIn.get('std.http'));
        expect({}).not.toHaveProperty('isAdmin');
      } finally {
        await own.close();
      }
      expect((await readdir(outside.path)).sort()).toEqual(['actions']);
    },
    30_000,
  );
});
