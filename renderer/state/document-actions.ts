import type { FileChange, FileFromOutside } from '../../electron/bridge.ts';
import { kindOfText } from '../../engine/language/kind-of-text.ts';
import { decodeJson, encodeJson, type JsonObject } from '../../engine/model/json.ts';
import { call, type Reply } from './client.ts';
import { getState, update } from './store.ts';
import { templates } from './templates.ts';
import {
  changedOutside,
  type DefinitionKey,
  type DocumentKind,
  isUnsaved,
  kept,
  reloaded,
  type TextDocument,
} from './text-document.ts';
import { notify } from './window-actions.ts';

let made = 0;

/** Shows the system's dialog; what was chosen is open in the editor afterwards. */
export async function openYaml(): Promise<void> {
  const reply = await call('dialogs.openYaml', {});
  if (!reply.ok) notify({ kind: 'error', message: reply.error.message });
  else if (reply.output !== null) openFile({ type: 'opened', ...reply.output });
}

/** A file came: the editor shows it, or a notice says why it cannot be read. */
export function openFile(file: FileFromOutside): void {
  if (file.type === 'unreadable') {
    notify({ kind: 'error', message: file.message });
    return;
  }
  const { id, name, text } = file;
  const open = getState().documents.find(({ origin }) => id !== null && origin.type === 'file' && origin.id === id);
  if (open === undefined) {
    add({ title: name, origin: { type: 'file', id }, kind: null, text, stored: text });
  } else {
    change(open.id, (document) =>
      isUnsaved(document) ? changedOutside(document, text) : { ...document, text, stored: text },
    );
    showDocument(open.id);
  }
}

/** Opens something of the library in the editor. */
export async function openDefinition(key: DefinitionKey): Promise<void> {
  const open = getState().documents.find(({ origin }) => origin.type === 'library' && isSameKey(origin, key));
  if (open !== undefined) return showDocument(open.id);
  const reply = await loadText(key);
  if (!reply.ok) return notify({ kind: 'error', message: reply.error.message });
  const text = reply.output;
  const owner = key.kind === 'workflow' && kindOfText(text) === 'workbook' ? workbookOf(key) : null;
  if (owner !== null) {
    await openDefinition(owner);
    return;
  }
  const { kind, name, namespace } = key;
  add({ title: name, origin: { type: 'library', kind, name, namespace }, kind, text, stored: text });
}

/** Opens a new text, which begins with an example that can be stored as it is. */
export function newDocument(kind: DocumentKind): void {
  const { title, text } = templates[kind];
  add({ title, origin: { type: 'new' }, kind, text, stored: text });
}

export function showDocument(id: string): void {
  update(({ visits }) => ({ place: 'editor', shownDocument: id, visits: visits + 1 }));
}

export function editDocument(id: string, text: string): void {
  change(id, (document) => (document.text === text ? document : { ...document, text }));
}

/** Closes it, whatever was changed in it: the person was asked before. */
export function closeDocument(id: string): void {
  const { documents } = getState();
  const at = documents.findIndex((document) => document.id === id);
  const closed = documents[at];
  if (closed === undefined) return;
  if (closed.origin.type === 'file' && closed.origin.id !== null) void call('files.close', { id: closed.origin.id });
  const rest = documents.filter((document) => document !== closed);
  update(({ shownDocument }) => ({
    documents: rest,
    shownDocument: shownDocument === id ? (rest[Math.min(at, rest.length - 1)]?.id ?? null) : shownDocument,
  }));
}

/** The person takes what another program has written. */
export function reloadDocument(id: string): void {
  change(id, reloaded);
}

/** The person stays with what they have written. */
export function keepDocument(id: string): void {
  change(id, kept);
}

export function foldFileChange({ id, text }: FileChange): void {
  const open = getState().documents.find(({ origin }) => origin.type === 'file' && origin.id === id);
  if (open !== undefined) change(open.id, (document) => changedOutside(document, text));
}

/** Puts another document in the place of one that is open, if it still is. */
export function change(id: string, put: (document: TextDocument) => TextDocument): void {
  update(({ documents }) => ({
    documents: documents.map((document) => (document.id === id ? put(document) : document)),
  }));
}

/** The text of a definition, or the text that an environment can be written as. */
export async function loadText({ kind, name, namespace }: DefinitionKey): Promise<Reply<string>> {
  switch (kind) {
    case 'workflow': {
      const reply = await call('workflows.get', { name, namespace });
      return reply.ok ? { ok: true, output: reply.output.text } : reply;
    }
    case 'workbook': {
      const reply = await call('workbooks.get', { name, namespace });
      return reply.ok ? { ok: true, output: reply.output.text } : reply;
    }
    case 'action': {
      const reply = await call('actions.get', { name, namespace });
      return reply.ok ? { ok: true, output: reply.output.text } : reply;
    }
    case 'environment': {
      const reply = await call('environments.list', {});
      if (!reply.ok) return reply;
      const found = reply.output.find((each) => each.name === name);
      if (found === undefined) {
        return { ok: false, error: { code: 'NOT_FOUND', message: `There is no environment named '${name}'.` } };
      }
      const { environmentText } = await import('../../engine/language/check-environment.ts');
      return { ok: true, output: environmentText(name, decodeJson(encodeJson(found.variables)) as JsonObject) };
    }
  }
}

function add(document: Omit<TextDocument, 'id' | 'outside'>): void {
  made += 1;
  const id = `document ${made}`;
  update(({ documents }) => ({ documents: [...documents, { ...document, id, outside: null }] }));
  showDocument(id);
}

/** The workbook that defines a workflow: its text is the one to be edited. */
function workbookOf({ name, namespace }: DefinitionKey): DefinitionKey | null {
  const { workbooks } = getState();
  const found =
    workbooks.status === 'loaded'
      ? workbooks.value.find((each) => each.namespace === namespace && each.workflows.includes(name))
      : undefined;
  return found === undefined ? null : { kind: 'workbook', name: found.name, namespace };
}

function isSameKey(a: DefinitionKey, b: DefinitionKey): boolean {
  return a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}
