import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiError } from '../../../engine/api/api-error.ts';
import type { Backend } from '../../../engine/api/backend.ts';
import type { Input, MethodName } from '../../../engine/api/methods.ts';
import { openLocalBackend } from '../../../engine/backends/local/local-backend.ts';
import { editDocument, openDefinition, openFile } from '../../../renderer/state/document-actions.ts';
import { loadExecutions } from '../../../renderer/state/execution-actions.ts';
import { everything } from '../../../renderer/state/execution-list.ts';
import { loadLibrary } from '../../../renderer/state/library-actions.ts';
import { shownEntry } from '../../../renderer/state/library-entries.ts';
import { foldChanges } from '../../../renderer/state/mirror.ts';
import { addSample, isInLibrary, runSample, runSampleWith } from '../../../renderer/state/sample-actions.ts';
import { saveDocument, saveToLibrary } from '../../../renderer/state/save-document.ts';
import { getState, update, useStore } from '../../../renderer/state/store.ts';
import { initialState } from '../../../renderer/state/window-state.ts';

let backend: Backend;
let folder: string;

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'windrose-library-'));
  backend = await openLocalBackend({ folder, log: { info() {}, warn() {}, error: console.error } });
  vi.stubGlobal('window', { windrose: bridgeTo(backend) });
  useStore.setState(initialState, true);
  backend.subscribe((changes) => update((state) => foldChanges(state, changes)));
  await Promise.all([loadLibrary(), loadExecutions()]);
});
afterEach(async () => {
  await backend.close();
  vi.unstubAllGlobals();
  await fs.rm(folder, { recursive: true });
});

function bridgeTo(backend: Backend) {
  const call = async (method: MethodName, input: Input<MethodName>) => {
    try {
      return { ok: true, output: await backend.call(method, input) };
    } catch (error) {
      if (error instanceof ApiError) return { ok: false, error: { code: error.code, message: error.message } };
      throw error;
    }
  };
  return {
    call,
    read: async (method: MethodName, input: Input<MethodName>) => JSON.stringify(await call(method, input)),
    onChanges: (listener: (changes: string) => void) =>
      backend.subscribe((changes) => listener(JSON.stringify(changes))),
  };
}

const hello = () => {
  const { samples } = getState();
  const found = samples.status === 'loaded' ? samples.value.find(({ id }) => id === 'hello') : undefined;
  if (found === undefined) throw new Error('There is no sample hello.');
  return found;
};

const namesInLibrary = async () => (await backend.call('workflows.list', {})).map(({ name }) => name);
const told = (text: string) => vi.waitFor(() => expect(getState().notice?.message).toContain(text));

describe('a sample', () => {
  test('is stored when it is run for the first time, and its execution is shown', async () => {
    await runSample(hello());
    expect(await namesInLibrary()).toEqual(['hello']);
    const { place, selected, executions } = getState();
    expect(place).toBe('executions');
    expect(executions.roots.map(({ id }) => id)).toEqual([selected?.id]);
  });

  test('is shown also when the filter of the list would hide it', async () => {
    await loadExecutions({ ...everything, text: 'something else' });
    await runSample(hello());
    await vi.waitFor(() => expect(getState().executions.roots.map(({ id }) => id)).toEqual([getState().selected?.id]));
  });

  test('never takes the place of what the person has made of it', async () => {
    const own = "version: '2.0'\nhello: {input: [name], tasks: {mine: {action: std.noop}}}";
    await backend.call('workflows.save', { text: own });
    await vi.waitFor(() => expect(isInLibrary(getState(), hello())).toBe(true));
    await runSample(hello());
    expect((await backend.call('workflows.get', { name: 'hello' })).text).toBe(own);
  });

  test('whose workflow takes another input by now says so', async () => {
    await backend.call('workflows.save', { text: "version: '2.0'\nhello: {tasks: {mine: {action: std.noop}}}" });
    await vi.waitFor(() => expect(isInLibrary(getState(), hello())).toBe(true));
    await runSample(hello());
    await told('name');
    expect(getState().selected).toBeNull();
  });

  test('can be run with another input: the form begins with its own', async () => {
    await runSampleWith(hello());
    expect(getState().runTarget).toEqual({ name: 'hello', namespace: '', input: { name: 'World' } });
  });

  test('that was added to the library is shown there', async () => {
    await addSample(hello());
    await vi.waitFor(() => expect(shownEntry(getState())?.key).toBe('workflow /hello'));
  });
});

describe('texts that are open in the editor', () => {
  const text = "version: '2.0'\none: {tasks: {a: {action: std.noop}}}\ntwo: {tasks: {a: {action: std.noop}}}\n";
  const shown = () => {
    const { documents, shownDocument } = getState();
    const found = documents.find(({ id }) => id === shownDocument);
    if (found === undefined) throw new Error('Nothing is open.');
    return found;
  };

  test('keep what was written in them while others are opened', () => {
    openFile({ type: 'opened', id: 'f1', name: 'first.yaml', text });
    editDocument(shown().id, `${text}# corrected`);
    openFile({ type: 'opened', id: 'f2', name: 'second.yaml', text });
    expect(shown().title).toBe('second.yaml');
    expect(getState()).toMatchObject({ place: 'editor', documents: [{ text: `${text}# corrected` }, { text }] });
  });

  test('a file that is opened again is shown, and what it holds now does not take the place of what was written', () => {
    openFile({ type: 'opened', id: 'f1', name: 'first.yaml', text });
    editDocument(shown().id, 'mine');
    openFile({ type: 'opened', id: 'f1', name: 'first.yaml', text: 'theirs' });
    expect(getState().documents).toMatchObject([{ text: 'mine', outside: { text: 'theirs' } }]);
  });

  test('of a file are stored in the library with a word about what was added and what replaced, and shown there', async () => {
    await backend.call('workflows.save', { text: "version: '2.0'\ntwo: {tasks: {b: {action: std.noop}}}" });
    await vi.waitFor(() => expect(getState().workflows).toMatchObject({ value: [{ name: 'two' }] }));
    openFile({ type: 'opened', id: null, name: 'both.yaml', text });
    expect(await saveToLibrary(shown().id)).toBeNull();
    expect(getState().notice?.message).toBe('Added one. Replaced two.');
    expect(getState()).toMatchObject({ place: 'library', selectedEntry: 'workflow /one' });
  });

  test('with a problem store nothing and stay as they are', async () => {
    openFile({
      type: 'opened',
      id: null,
      name: 'bad.yaml',
      text: text.replace('std.noop}}}', 'std.noop, on-success: b}}}'),
    });
    await saveToLibrary(shown().id);
    expect(await namesInLibrary()).toEqual([]);
    expect(getState().documents).toHaveLength(1);
  });

  test('of the library are saved there, unless it has something newer', async () => {
    await backend.call('workflows.save', { text });
    await openDefinition({ kind: 'workflow', name: 'one', namespace: '' });
    editDocument(shown().id, `${text}# mine\n`);
    expect(await saveDocument(shown().id)).toBeNull();
    expect((await backend.call('workflows.get', { name: 'one' })).text).toBe(`${text}# mine\n`);

    await backend.call('workflows.save', { text: `${text}# theirs\n` });
    editDocument(shown().id, `${text}# mine again\n`);
    await saveDocument(shown().id);
    expect(shown().outside).toEqual({ text: `${text}# theirs\n` });
    expect((await backend.call('workflows.get', { name: 'one' })).text).toBe(`${text}# theirs\n`);
  });

  test('of a workflow that a workbook defines are the text of the workbook', async () => {
    const book = "version: '2.0'\nname: book\nworkflows:\n  w:\n    tasks:\n      t: {action: std.noop}\n";
    await backend.call('workbooks.save', { text: book });
    await vi.waitFor(() => expect(getState().workbooks).toMatchObject({ value: [{ name: 'book' }] }));
    await openDefinition({ kind: 'workflow', name: 'book.w', namespace: '' });
    expect(shown()).toMatchObject({ kind: 'workbook', title: 'book', text: book });
  });

  test('environments are edited as text and stored as values', async () => {
    await backend.call('environments.save', { name: 'lab', variables: { half: '\uf8fffloat:1', region: 'north' } });
    await openDefinition({ kind: 'environment', name: 'lab', namespace: '' });
    expect(shown().text).toBe('name: "lab"\nvariables:\n  half: 1.0\n  region: "north"\n');
    editDocument(shown().id, shown().text.replace('"north"', '[1, 2.0]'));
    expect(await saveDocument(shown().id)).toBeNull();
    expect(await backend.call('environments.list', {})).toEqual([
      { name: 'lab', variables: { half: '\uf8fffloat:1', region: [1, '\uf8fffloat:2'] } },
    ]);
  });
});
