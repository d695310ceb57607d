import { createHash } from 'node:crypto';
import type { FoundWorkflow } from '../core/world.ts';
import { checkWorkflows } from '../language/check-definitions.ts';
import type { WorkflowDefinition } from '../language/definition.ts';
import type { Problem } from '../language/problem.ts';
import type { DefinitionId } from '../model/ids.ts';
import type { DocumentFile, DocumentKind } from '../store/document-file.ts';

/** What the catalog keeps: each text once, and which workflow is in which. */
export interface Catalog {
  readonly workflows: readonly CatalogWorkflow[];
  readonly texts: readonly { readonly id: DefinitionId; readonly text: string }[];
}

export interface CatalogWorkflow {
  readonly name: string;
  readonly namespace: string;
  readonly definitionId: DefinitionId;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

export const catalogKind: DocumentKind<Catalog> = {
  version: 1,
  defaults: { workflows: [], texts: [] },
  parse(data) {
    const { workflows, texts } = data as Catalog;
    if (!Array.isArray(workflows) || !Array.isArray(texts)) throw new Error('it holds no workflows');
    return { workflows, texts };
  },
};

export interface LibraryWorkflow extends CatalogWorkflow {
  readonly definition: WorkflowDefinition;
  readonly text: string;
}

export interface CheckedText {
  readonly workflows: readonly WorkflowDefinition[];
  readonly problems: readonly Problem[];
}

/** Parsed texts that are kept; the least recently used goes first. */
const KEPT = 500;

/** The definitions that executions are started from, parsed once. */
export class Library {
  private readonly catalog: DocumentFile<Catalog>;
  private readonly parsed = new Map<DefinitionId, ReadonlyMap<string, WorkflowDefinition>>();

  constructor(catalog: DocumentFile<Catalog>) {
    this.catalog = catalog;
  }

  /** Every workflow whose text can still be read, in the order of their names. */
  list(): readonly LibraryWorkflow[] {
    return [...this.catalog.data.workflows]
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.namespace < b.namespace ? -1 : 1))
      .map((workflow) => this.complete(workflow))
      .filter((workflow) => workflow !== null);
  }

  get(name: string, namespace: string): LibraryWorkflow | null {
    const found = this.catalog.data.workflows.find((each) => each.name === name && each.namespace === namespace);
    return found === undefined ? null : this.complete(found);
  }

  check(text: string): CheckedText {
    const { workflows, problems } = checkWorkflows(text);
    return { workflows: workflows.map((each) => each.definition), problems };
  }

  /** Stores all workflows of the text, or, when there are problems, none. Resolves once they are on disk. */
  async save(text: string, namespace: string): Promise<CheckedText> {
    const checked = this.check(text);
    if (checked.problems.length > 0) return checked;
    const definitionId = idOf(text);
    const updatedAt = Date.now();
    const added = checked.workflows.map(({ name }) => ({ name, namespace, definitionId, updatedAt }));
    const isReplaced = (each: CatalogWorkflow): boolean =>
      each.namespace === namespace && added.some(({ name }) => name === each.name);
    await this.catalog.update((before) =>
      tidied({
        workflows: [...before.workflows.filter((each) => !isReplaced(each)), ...added],
        texts: [...before.texts.filter(({ id }) => id !== definitionId), { id: definitionId, text }],
      }),
    );
    return checked;
  }

  /** @returns whether there was one */
  async delete(name: string, namespace: string): Promise<boolean> {
    const isIt = (each: CatalogWorkflow): boolean => each.name === name && each.namespace === namespace;
    if (!this.catalog.data.workflows.some(isIt)) return false;
    await this.catalog.update((before) =>
      tidied({ ...before, workflows: before.workflows.filter((each) => !isIt(each)) }),
    );
    return true;
  }

  /** A workflow of a namespace may use those of the default one. */
  findWorkflow(name: string, namespace: string, workbook: string | null): FoundWorkflow | null {
    const names = workbook === null ? [name] : [`${workbook}.${name}`, name];
    for (const each of names) {
      const found = this.get(each, namespace) ?? this.get(each, '');
      if (found !== null) return { ...found, workbook: null };
    }
    return null;
  }

  /** The workflow of this name in a text that was valid when the execution started. */
  definition(id: DefinitionId, text: string, name: string): WorkflowDefinition {
    const found = this.parse(id, text).get(name);
    if (found === undefined) throw new Error(`The definition ${id} holds no workflow '${name}'.`);
    return found;
  }

  private complete(workflow: CatalogWorkflow): LibraryWorkflow | null {
    const text = this.catalog.data.texts.find(({ id }) => id === workflow.definitionId)?.text;
    if (text === undefined) return null;
    const definition = this.parse(workflow.definitionId, text).get(workflow.name);
    return definition === undefined ? null : { ...workflow, definition, text };
  }

  private parse(id: DefinitionId, text: string): ReadonlyMap<string, WorkflowDefinition> {
    const known = this.parsed.get(id);
    if (known !== undefined) return known;
    const parsed = new Map(checkWorkflows(text).workflows.map((each) => [each.definition.name, each.definition]));
    this.parsed.set(id, parsed);
    const [oldest] = this.parsed.keys();
    if (this.parsed.size > KEPT && oldest !== undefined) this.parsed.delete(oldest);
    return parsed;
  }
}

/** The same text has the same id everywhere. */
function idOf(text: string): DefinitionId {
  return createHash('sha256').update(text).digest('hex').slice(0, 32) as DefinitionId;
}

/** Texts that no workflow uses any more go. Executions have their own copies. */
function tidied(catalog: Catalog): Catalog {
  const used = new Set(catalog.workflows.map((each) => each.definitionId));
  return { ...catalog, texts: catalog.texts.filter(({ id }) => used.has(id)) };
}
