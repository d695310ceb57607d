import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addSamplePack } from '../../../../engine/backends/local/sample-pack.ts';
import { until } from '../../actions/processes.ts';
import { allow } from './allow.ts';
import { LocalBackendFixture } from './backend-fixture.ts';

describe('a person’s own actions', () => {
  let backend: LocalBackendFixture;
  let actionsFolder: string;

  beforeEach(async () => {
    actionsFolder = await mkdtemp(join(tmpdir(), 'windrose-actions-'));
    await addSamplePack(actionsFolder);
    backend = await LocalBackendFixture.open({ actionsFolder });
  });
  afterEach(async () => {
    await backend.close();
    await rm(actionsFolder, { recursive: true, force: true });
  });

  const own = async () => (await backend.call('actions.list', {})).filter(({ kind }) => kind === 'own');

  test('are listed with the others, with what their modules say of them', async () => {
    expect(await own()).toEqual([
      {
        name: 'sample.count_words',
        namespace: '',
        kind: 'own',
        description: 'Counts the words of texts, one after another.',
        tags: [],
        workbook: null,
        parameters: [{ name: 'texts', required: true, description: 'A list of texts.', types: ['list'] }],
        result: 'words: how many there are in all',
        file: join(actionsFolder, 'count-words.ts'),
        updatedAt: null,
      },
      expect.objectContaining({ name: 'sample.greet', file: join(actionsFolder, 'greet.js') }),
    ]);
  });

  test('run in workflows that were allowed to use them, and report', async () => {
    const text = `version: '2.0'\nwords:\n  tasks:\n    count:\n      action: sample.count_words texts=<% ['a b', 'c'] %>\n`;
    expect(await backend.call('workflows.save', { text })).toMatchObject({ problems: [] });
    const { needs } = await backend.call('trust.question', { workflow: 'words' });
    expect(needs).toMatchObject([{ action: 'sample.count_words', reaches: ['commands', 'files', 'network'] }]);
    await expect(backend.call('executions.start', { workflow: 'words' })).rejects.toMatchObject({ code: 'UNTRUSTED' });
    await allow(backend, 'words');
    const { id } = await backend.call('executions.start', { workflow: 'words' });
    expect((await backend.ended(id)).state).toBe('SUCCESS');
    const { nodes } = await backend.call('executions.watch', { id });
    const action = nodes.find(({ kind }) => kind === 'action')?.id ?? '';
    expect(await backend.value(id, action, 'output')).toEqual({ words: 3 });
    const { lines, progress } = await backend.call('nodes.log', { rootId: id, id: action });
    expect(lines.map((line) => line.text)).toEqual(['text 1: 2 words', 'text 2: 1 words']);
    expect(progress).toEqual({ fraction: 1, text: '3 words' });
  });

  test('come and go with their modules; one that is broken is a trouble until it is mended', async () => {
    await writeFile(join(actionsFolder, 'greet.js'), 'export const greet = {');
    const [trouble] = await until(async () => {
      const troubles = await backend.call('troubles.list', {});
      return troubles.length > 0 ? troubles : null;
    });
    expect(trouble).toMatchObject({ severity: 'warning', file: join(actionsFolder, 'greet.js') });
    expect(trouble?.message).toContain('greet.js, line 1, column 23');
    expect((await own()).map(({ name }) => name)).toEqual(['sample.count_words']);
    await rm(join(actionsFolder, 'greet.js'));
    await until(async () => ((await backend.call('troubles.list', {})).length === 0 ? true : null));
  });

  test('are there when an execution goes on after a restart', async () => {
    const text = `version: '2.0'\nlater:\n  tasks:\n    greet: {action: sample.greet, input: {name: you}, pause-before: true}\n`;
    await backend.call('workflows.save', { text });
    await allow(backend, 'later');
    const { id } = await backend.call('executions.start', { workflow: 'later' });
    await backend.reopen();
    await backend.call('executions.resume', { id });
    expect(await backend.ended(id)).toMatchObject({ state: 'SUCCESS', message: null });
  });

  test('the sample is put into an empty folder only', async () => {
    await rm(join(actionsFolder, 'greet.js'));
    await addSamplePack(actionsFolder);
    expect((await readdir(actionsFolder)).toSorted()).toEqual(['README.md', 'count-words.ts']);
  });
});
