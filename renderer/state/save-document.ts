import { encodeJson } from '../../engine/model/json.ts';
import { toJsonText } from '../../engine/model/json-text.ts';
import { call, type Reply } from './client.ts';
import { change, loadText } from './document-actions.ts';
import { selectEntry } from './library-actions.ts';
import { getState } from './store.ts';
import { changedOutside, type DefinitionKey, kindOf, saved, type TextDocument } from './text-document.ts';
import { notify, showPlace } from './window-actions.ts';

/**
 * Saves a document where it came from: to its file, or into the library. A new text goes into the library. Answers why it
 * could not be saved, as a sentence; null when it was, or when the editor itself shows why not (problems, or a file that
 * another program has changed).
 */
export async function saveDocument(id: string): Promise<string | null> {
  const document = find(id);
  if (document === null) return null;
  if (document.origin.type !== 'file') return saveToLibrary(id);
  return document.origin.id === null ? saveAsFile(id) : saveToFile(document, document.origin.id);
}

async function saveToFile(document: TextDocument, file: string): Promise<string | null> {
  const { id, text, stored } = document;
  const reply = await call('files.save', { id: file, text, expected: stored });
  if (!reply.ok) return reply.error.message;
  const { output } = reply;
  change(id, (now) => (output.type === 'saved' ? saved(now, text) : changedOutside(now, output.text)));
  return null;
}

/** Asks where to; from then on the document belongs to that file. */
async function saveAsFile(id: string): Promise<string | null> {
  const document = find(id);
  if (document === null) return null;
  const { text, title } = document;
  const name = /\.ya?ml$/i.test(title) ? title : `${title.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '_')}.yaml`;
  const reply = await call('files.saveAs', { name, text });
  if (!reply.ok) return reply.error.message;
  const file = reply.output;
  if (file === null) return null;
  change(id, (now) => ({ ...saved(now, text), title: file.name, origin: { type: 'file', id: file.id }, kind: null }));
  return null;
}

/** Stores what the text defines, says what was added and what replaced, and, for a file, shows the first of it in the library. */
export async function saveToLibrary(id: string): Promise<string | null> {
  const document = find(id);
  if (document === null) return null;
  const { origin, text } = document;
  if (origin.type === 'library') {
    const now = await loadText(origin);
    // Deleted meanwhile: then nothing is overwritten.
    const there = now.ok ? now.output : null;
    if (there !== null && !(await isSame(document, there))) {
      change(id, (open) => changedOutside(open, there));
      return null;
    }
  }
  const before = namesIn(document);
  const reply = await store(document);
  if (!reply.ok) return reply.error.message;
  const [first] = reply.output;
  if (first === undefined) return null;
  const names = reply.output.map(({ name }) => name);
  const said = [
    sentence(
      'Added',
      names.filter((name) => !before.has(name)),
    ),
    sentence(
      'Replaced',
      names.filter((name) => before.has(name)),
    ),
  ];
  notify({ kind: 'info', message: said.filter((each) => each !== '').join(' ') });
  if (origin.type === 'file') {
    selectEntry(first);
    showPlace('library');
  } else {
    const still = origin.type === 'library' ? reply.output.find(({ name }) => name === origin.name) : undefined;
    const key = still ?? first;
    change(id, (now) => ({
      ...saved(now, text),
      title: key.name,
      kind: key.kind,
      origin: { type: 'library', ...key },
    }));
  }
  return null;
}

/** What was stored, the most telling first; empty when the text has problems. */
async function store(document: TextDocument): Promise<Reply<readonly DefinitionKey[]>> {
  const { origin, text } = document;
  const namespace = origin.type === 'library' ? origin.namespace : '';
  const kind = kindOf(document);
  const keys = (of: DefinitionKey['kind'], all: readonly { readonly name: string }[]): Reply<DefinitionKey[]> => ({
    ok: true,
    output: all.map(({ name }) => ({ kind: of, name, namespace })),
  });
  switch (kind) {
    case 'workflow': {
      const reply = await call('workflows.save', { text, namespace });
      return reply.ok ? keys(kind, reply.output.workflows) : reply;
    }
    case 'workbook': {
      const reply = await call('workbooks.save', { text, namespace });
      if (!reply.ok) return reply;
      const { workbook } = reply.output;
      return keys(kind, workbook === null ? [] : [workbook]);
    }
    case 'action': {
      const reply = await call('actions.save', { text, namespace });
      return reply.ok ? keys(kind, reply.output.actions) : reply;
    }
    case 'environment': {
      const { checkEnvironment } = await languageOfEnvironments();
      const { environment } = checkEnvironment(text);
      if (environment === null) return keys(kind, []);
      const { name, variables } = environment;
      const reply = await call('environments.save', {
        name,
        variables: JSON.parse(encodeJson(variables)) as Record<string, unknown>,
      });
      return reply.ok ? keys(kind, [{ name }]) : reply;
    }
  }
}

/** Most starts of the window do without it. */
const languageOfEnvironments = () => import('../../engine/language/check-environment.ts');

/** Whether the library still has what was opened. An environment is kept as values, and has no text of its own. */
async function isSame(document: TextDocument, there: string): Promise<boolean> {
  if (there === document.stored || document.stored === null) return there === document.stored;
  if (kindOf(document) !== 'environment') return false;
  const { checkEnvironment } = await languageOfEnvironments();
  const [one, other] = [document.stored, there].map((text) => checkEnvironment(text).environment?.variables);
  return one !== undefined && other !== undefined && toJsonText(one) === toJsonText(other);
}

/** The names of everything of its kind that the library has. */
function namesIn(document: TextDocument): ReadonlySet<string> {
  const state = getState();
  const list = {
    workflow: state.workflows,
    workbook: state.workbooks,
    action: state.actions,
    environment: state.environments,
  }[kindOf(document)];
  return new Set(list.status === 'loaded' ? list.value.map(({ name }) => name) : []);
}

function find(id: string): TextDocument | null {
  return getState().documents.find((document) => document.id === id) ?? null;
}

function sentence(verb: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${verb} ${names.join(', ')}.`;
}
