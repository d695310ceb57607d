import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { ExecutionTree } from '../core/execution-tree.ts';
import type { AdHocAction, FoundWorkflow } from '../core/world.ts';
import type { ActionDefinition } from '../language/action-definition.ts';
import { checkActions, checkWorkbook, checkWorkflows } from '../language/check-definitions.ts';
import type { WorkflowDefinition } from '../language/definition.ts';
import { kindOfText } from '../language/kind-of-text.ts';
import type { Problem } from '../language/problem.ts';
import type { WorkbookDefinition } from '../language/workbook-definition.ts';
import type { DefinitionId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import type { DefinitionSource, WorkflowExecution } from '../model/records.ts';
import type { DocumentFile } from '../store/document-file.ts';
import { type Catalog, type CatalogEntry, type CatalogText, definitionIdOf, replaceEntries, tidy } from './catalog.ts';

export interface LibraryWorkflow extends CatalogEntry {
  readonly definition: WorkflowDefinition;
  readonly text: string;
}

export interface LibraryAction extends CatalogEntry {
  readonly definition: ActionDefinition;
  readonly text: string;
}

export interface LibraryWorkbook {
  readonly name: string;
  readonly namespace: string;
  readonly definition: WorkbookDefinition;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

/** What a text defines, under the names that it is known by outside; with problems nothing. */
export interface CheckedText {
  readonly workflows: readonly WorkflowDefinition[];
  readonly actions: readonly ActionDefinition[];
  readonly workbook: WorkbookDefinition | null;
  readonly problems: readonly Problem[];
}

interface ParsedText extends CheckedText {
  readonly workflowsByName: ReadonlyMap<string, WorkflowDefinition>;
}

/** Texts up to so many characters are parsed before they are needed: some ten milliseconds of work. */
const AHEAD = 32_768;
/** Parsed texts that are kept; the oldest goes first. */
const KEPT = 500;

/** The definitions that executions are started from. Each text is parsed once. */
export class Library {
  private readonly catalog: DocumentFile<Catalog>;
  private readonly parsed = new Map<DefinitionId, ParsedText>();

  constructor(catalog: DocumentFile<Catalog>) {
    this.catalog = catalog;
  }

  /**
   * Parses what is going to be asked for, the newest text at once and each other in a turn of its own: whoever opens the
   * library or an execution then does not wait for all of them together. Very large texts, which hold everybody up, are
   * left until they are asked for.
   */
  async readAhead(): Promise<void> {
    for (const source of this.catalog.data.texts.slice(-KEPT).reverse()) {
      if (source.text.length > AHEAD) continue;
      this.parse(source.id, source);
      await endOfTurn();
    }
  }

  /** Every workflow whose text can still be read, in the order of their names. */
  list(): readonly LibraryWorkflow[] {
    return this.catalog.data.workflows
      .toSorted(byName)
      .map((entry) => this.complete(entry))
      .filter((workflow) => workflow !== null);
  }

  get(name: string, namespace: string): LibraryWorkflow | null {
    const found = entryOf(this.catalog.data.workflows, name, namespace);
    return found === undefined ? null : this.complete(found);
  }

  /** Every ad-hoc action whose text can still be read, in the order of their names. */
  actions(): readonly LibraryAction[] {
    return this.catalog.data.actions
      .toSorted(byName)
      .map((entry) => this.completeAction(entry))
      .filter((action) => action !== null);
  }

  action(name: string, namespace: string): LibraryAction | null {
    const found = entryOf(this.catalog.data.actions, name, namespace);
    return found === undefined ? null : this.completeAction(found);
  }

  /** Every workbook of which something is left, in the order of their names. */
  workbooks(): readonly LibraryWorkbook[] {
    const newest = new Map<string, CatalogEntry>();
    for (const entry of [...this.catalog.data.workflows, ...this.catalog.data.actions]) {
      const key = JSON.stringify([entry.namespace, entry.workbook]);
      if (entry.workbook !== null && entry.updatedAt >= (newest.get(key)?.updatedAt ?? 0)) newest.set(key, entry);
    }
    return [...newest.values()]
      .toSorted((a, b) => ((a.workbook ?? '') < (b.workbook ?? '') ? -1 : 1))
      .flatMap(({ namespace, definitionId, updatedAt }) => {
        const source = this.textOf(definitionId);
        const definition = source === null ? null : this.parse(source.id, source).workbook;
        if (source === null || definition === null) return [];
        return [{ name: definition.name, namespace, definition, text: source.text, updatedAt }];
      });
  }

  check(text: string, kind: CatalogText['kind'] = withWorkflows(text)): CheckedText {
    return checkText(kind, text);
  }

  /**
   * Stores everything that a text defines, in place of what had the same names, or, when there are problems, nothing.
   * Resolves once it is on disk.
   */
  async save(text: string, namespace: string, kind: CatalogText['kind'] = withWorkflows(text)): Promise<CheckedText> {
    const checked = checkText(kind, text);
    if (checked.problems.length > 0) return checked;
    const source: CatalogText = { id: definitionIdOf(kind, text), kind, text };
    const workbook = checked.workbook?.name ?? null;
    const entry = (name: string): CatalogEntry => ({
      name,
      namespace,
      workbook,
      definitionId: source.id,
      updatedAt: Date.now(),
    });
    await this.catalog.update((before) =>
      tidy({
        ...before,
        workflows: replaceEntries(
          before.workflows,
          checked.workflows.map(({ name }) => entry(name)),
        ),
        actions: replaceEntries(
          before.actions,
          checked.actions.map(({ name }) => entry(name)),
        ),
        texts: [...before.texts.filter(({ id }) => id !== source.id), source],
      }),
    );
    this.keep(source.id, checked);
    return checked;
  }

  /** @returns whether there was one */
  async delete(name: string, namespace: string): Promise<boolean> {
    if (entryOf(this.catalog.data.workflows, name, namespace) === undefined) return false;
    await this.catalog.update((before) =>
      tidy({
        ...before,
        workflows: before.workflows.filter((each) => each.name !== name || each.namespace !== namespace),
      }),
    );
    return true;
  }

  /** @returns whether there was one */
  async deleteAction(name: string, namespace: string): Promise<boolean> {
    if (entryOf(this.catalog.data.actions, name, namespace) === undefined) return false;
    await this.catalog.update((before) =>
      tidy({ ...before, actions: before.actions.filter((each) => each.name !== name || each.namespace !== namespace) }),
    );
    return true;
  }

  /** With everything that came with it. @returns whether there was one */
  async deleteWorkbook(name: string, namespace: string): Promise<boolean> {
    const isOf = (entry: CatalogEntry): boolean => entry.workbook === name && entry.namespace === namespace;
    const { workflows, actions } = this.catalog.data;
    if (!workflows.some(isOf) && !actions.some(isOf)) return false;
    await this.catalog.update((before) =>
      tidy({
        ...before,
        workflows: before.workflows.filter((each) => !isOf(each)),
        actions: before.actions.filter((each) => !isOf(each)),
      }),
    );
    return true;
  }

  /** Stores an environment in place of the one of its name. */
  async saveEnvironment(name: string, variables: JsonObject): Promise<void> {
    await this.catalog.update((before) => ({
      ...before,
      environments: [...before.environments.filter((each) => each.name !== name), { name, variables }],
    }));
  }

  /** @returns whether there was one */
  async deleteEnvironment(name: string): Promise<boolean> {
    if (this.environment(name) === null) return false;
    await this.catalog.update((before) => ({
      ...before,
      environments: before.environments.filter((each) => each.name !== name),
    }));
    return true;
  }

  environments(): Catalog['environments'] {
    return this.catalog.data.environments;
  }

  environment(name: string): JsonObject | null {
    return this.catalog.data.environments.find((each) => each.name === name)?.variables ?? null;
  }

  /** The workbook's own first, then by the full name; a namespace also sees what is in the default one. */
  findWorkflow(name: string, namespace: string, workbook: string | null): FoundWorkflow | null {
    const entry = find(this.catalog.data.workflows, name, namespace, workbook);
    const found = entry === null ? null : this.complete(entry);
    if (found === null) return null;
    const source = this.textOf(found.definitionId);
    return source === null || source.kind === 'action'
      ? null
      : { ...found, source: { kind: source.kind, text: source.text } };
  }

  findAction(name: string, namespace: string, workbook: string | null): AdHocAction | null {
    const entry = find(this.catalog.data.actions, name, namespace, workbook);
    const found = entry === null ? null : this.completeAction(entry);
    if (found === null) return null;
    return { type: 'ad-hoc', name: found.name, definitionId: found.definitionId, definition: found.definition };
  }

  /** The workflow of this name in a text that was valid when an execution started. */
  definition(id: DefinitionId, source: DefinitionSource, name: string): WorkflowDefinition {
    const found = this.parse(id, source).workflowsByName.get(name);
    if (found === undefined) throw new Error(`The definition ${id} holds no workflow '${name}'.`);
    return found;
  }

  definitionOf(tree: ExecutionTree, workflow: WorkflowExecution): WorkflowDefinition {
    const source = tree.definitions.get(workflow.definitionId);
    if (source === undefined) throw new Error(`The execution has no definition ${workflow.definitionId}.`);
    return this.definition(workflow.definitionId, source, workflow.name);
  }

  private complete(entry: CatalogEntry): LibraryWorkflow | null {
    const text = this.textOf(entry.definitionId);
    if (text === null) return null;
    const definition = this.parse(text.id, text).workflowsByName.get(entry.name);
    return definition === undefined ? null : { ...entry, definition, text: text.text };
  }

  private completeAction(entry: CatalogEntry): LibraryAction | null {
    const text = this.textOf(entry.definitionId);
    if (text === null) return null;
    const definition = this.parse(text.id, text).actions.find((each) => each.name === entry.name);
    return definition === undefined ? null : { ...entry, definition, text: text.text };
  }

  private textOf(id: DefinitionId): CatalogText | null {
    return this.catalog.data.texts.find((each) => each.id === id) ?? null;
  }

  private parse(
    id: DefinitionId,
    { kind, text }: { readonly kind: CatalogText['kind']; readonly text: string },
  ): ParsedText {
    return this.parsed.get(id) ?? this.keep(id, checkText(kind, text));
  }

  private keep(id: DefinitionId, checked: CheckedText): ParsedText {
    const parsed = { ...checked, workflowsByName: new Map(checked.workflows.map((each) => [each.name, each])) };
    this.parsed.set(id, parsed);
    const [oldest] = this.parsed.keys();
    if (this.parsed.size > KEPT && oldest !== undefined) this.parsed.delete(oldest);
    return parsed;
  }
}

function checkText(kind: CatalogText['kind'], text: string): CheckedText {
  switch (kind) {
    case 'workflow': {
      const { workflows, problems } = checkWorkflows(text);
      return { workflows: workflows.map((each) => each.definition), actions: [], workbook: null, problems };
    }
    case 'action': {
      const { actions, problems } = checkActions(text);
      return { workflows: [], actions: actions.map((each) => each.definition), workbook: null, problems };
    }
    case 'workbook': {
      const { workbook, problems } = checkWorkbook(text);
      if (workbook === null) return { workflows: [], actions: [], workbook: null, problems };
      const inWorkbook = <T extends { readonly name: string }>(each: T): T => ({
        ...each,
        name: `${workbook.name}.${each.name}`,
      });
      const { workflows, actions } = workbook;
      return { workflows: workflows.map(inWorkbook), actions: actions.map(inWorkbook), workbook, problems };
    }
    default:
      return kind satisfies never;
  }
}

function byName(a: CatalogEntry, b: CatalogEntry): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.namespace < b.namespace ? -1 : 1;
}

/** Who says nothing else wants workflows, be it by way of a workbook. */
function withWorkflows(text: string): CatalogText['kind'] {
  return kindOfText(text) === 'workbook' ? 'workbook' : 'workflow';
}

function entryOf(entries: readonly CatalogEntry[], name: string, namespace: string): CatalogEntry | undefined {
  return entries.find((each) => each.name === name && each.namespace === namespace);
}

function find(
  entries: readonly CatalogEntry[],
  name: string,
  namespace: string,
  workbook: string | null,
): CatalogEntry | null {
  const names = workbook === null ? [name] : [`${workbook}.${name}`, name];
  for (const each of names) {
    const found = entryOf(entries, each, namespace) ?? entryOf(entries, each, '');
    if (found !== undefined) return found;
  }
  return null;
}
