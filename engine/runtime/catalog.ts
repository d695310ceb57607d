import { createHash } from 'node:crypto';
import type { DefinitionId } from '../model/ids.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { DefinitionSource } from '../model/records.ts';
import type { DocumentKind } from '../store/document-file.ts';

/** What the library keeps on disk: each text once, and what is in which. */
export interface Catalog {
  readonly workflows: readonly CatalogEntry[];
  readonly actions: readonly CatalogEntry[];
  readonly environments: readonly { readonly name: string; readonly variables: JsonObject }[];
  readonly texts: readonly CatalogText[];
}

export interface CatalogEntry {
  /** The full name: with the workbook's in front, where it has one. */
  readonly name: string;
  readonly namespace: string;
  readonly workbook: string | null;
  readonly definitionId: DefinitionId;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

export interface CatalogText {
  readonly id: DefinitionId;
  readonly kind: DefinitionSource['kind'] | 'action';
  readonly text: string;
}

export const catalogKind: DocumentKind<Catalog> = {
  version: 1,
  defaults: { workflows: [], actions: [], environments: [], texts: [] },
  parse(data) {
    const { workflows, actions, environments, texts } = data as Catalog;
    if (![workflows, actions, environments, texts].every(Array.isArray)) throw new Error('it is no catalog');
    // Somebody may have edited a text, or the disk changed it: then it is another text, with an id of its own.
    const renamed = new Map<unknown, DefinitionId>();
    const named = texts.filter(isText).map((each) => {
      const id = definitionIdOf(each.kind, each.text);
      renamed.set(each.id, id);
      return { ...each, id };
    });
    const entriesOf = (entries: readonly CatalogEntry[]): readonly CatalogEntry[] =>
      entries
        .filter(isEntry)
        .map((each) => ({ ...each, definitionId: renamed.get(each.definitionId) ?? each.definitionId }));
    return {
      workflows: entriesOf(workflows),
      actions: entriesOf(actions),
      environments: environments.filter(isEnvironment),
      texts: named,
    };
  },
};

/** The same text has the same id everywhere. */
export function definitionIdOf(kind: CatalogText['kind'], text: string): DefinitionId {
  return createHash('sha256').update(`${kind}\n${text}`).digest('hex').slice(0, 32) as DefinitionId;
}

// What does not have the right shape is left out: the store has told, and has kept a copy.

function isText(each: unknown): each is CatalogText {
  if (!isObject(each as Json)) return false;
  const { kind, text } = each as Partial<CatalogText>;
  return (kind === 'workflow' || kind === 'workbook' || kind === 'action') && typeof text === 'string';
}

function isEntry(each: unknown): each is CatalogEntry {
  if (!isObject(each as Json)) return false;
  const { name, namespace, workbook, definitionId, updatedAt } = each as Partial<CatalogEntry>;
  const isNamed = [name, namespace, definitionId].every((part) => typeof part === 'string');
  return isNamed && (workbook === null || typeof workbook === 'string') && typeof updatedAt === 'number';
}

function isEnvironment(each: unknown): each is Catalog['environments'][number] {
  if (!isObject(each as Json)) return false;
  const { name, variables } = each as Partial<Catalog['environments'][number]>;
  return typeof name === 'string' && name !== '' && isObject((variables ?? null) as Json);
}

/** The entries with others added, in place of those of the same name and namespace. */
export function replaceEntries(
  entries: readonly CatalogEntry[],
  added: readonly CatalogEntry[],
): readonly CatalogEntry[] {
  const keyOf = ({ name, namespace }: CatalogEntry): string => JSON.stringify([namespace, name]);
  const replaced = new Set(added.map(keyOf));
  return [...entries.filter((each) => !replaced.has(keyOf(each))), ...added];
}

/** Texts that nothing uses any more go. Executions have their own copies. */
export function tidy(catalog: Catalog): Catalog {
  const used = new Set([...catalog.workflows, ...catalog.actions].map((each) => each.definitionId));
  return { ...catalog, texts: catalog.texts.filter(({ id }) => used.has(id)) };
}
