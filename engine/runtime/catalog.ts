import type { DefinitionId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
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
    return { workflows, actions, environments, texts };
  },
};

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
