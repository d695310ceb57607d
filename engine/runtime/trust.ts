import { createHash } from 'node:crypto';
import type { ActionSource } from '../actions/action.ts';
import type { DefinitionId } from '../model/ids.ts';
import type { DocumentFile, DocumentKind } from '../store/document-file.ts';
import type { Library } from './library.ts';
import { type Need, type Needs, needsOf } from './needs.ts';

/** What a person has allowed a workflow to do. */
export interface TrustedWorkflow {
  readonly name: string;
  readonly namespace: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  readonly needs: readonly Need[];
  /** The texts that may do so: the workflow's, and those of the workflows and ad-hoc actions that it runs. */
  readonly definitionIds: readonly DefinitionId[];
}

export interface TrustDocument {
  readonly workflows: readonly TrustedWorkflow[];
}

export const trustKind: DocumentKind<TrustDocument> = {
  version: 1,
  defaults: { workflows: [] },
  parse(data) {
    const { workflows } = data as TrustDocument;
    if (!Array.isArray(workflows)) throw new Error('it does not say what is trusted');
    return { workflows };
  },
};

/** What is to be asked before a workflow may start. */
export interface Question {
  /** Without those that were allowed before, for an earlier text of the same workflow. */
  readonly needs: readonly Need[];
  /** Says which needs were shown: what is allowed is what was seen. */
  readonly key: string;
}

/**
 * Which definitions may run actions that reach beyond their own data. A text is known by its hash: a changed text is
 * another one, and is asked about again where it needs something new.
 */
export class Trust {
  private readonly document: DocumentFile<TrustDocument>;
  private readonly library: Library;
  private readonly actions: ActionSource;

  constructor(document: DocumentFile<TrustDocument>, library: Library, actions: ActionSource) {
    this.document = document;
    this.library = library;
    this.actions = actions;
  }

  list(): readonly TrustedWorkflow[] {
    return this.document.data.workflows;
  }

  /** What a workflow has to be allowed yet; no needs when it may start, or when there is no such workflow. */
  question(name: string, namespace: string): Question {
    const needs = openNeeds(this.needs(name, namespace), this.find(name, namespace));
    return { needs, key: keyOf(needs) };
  }

  /**
   * Why a workflow may not start, in a sentence; null: it may. A changed text that needs nothing new takes over what was
   * allowed before: that is on disk when this resolves.
   */
  async refusal(name: string, namespace: string): Promise<string | null> {
    const needs = this.needs(name, namespace);
    if (needs.needs.length === 0) return null;
    const known = this.find(name, namespace);
    if (openNeeds(needs, known).length > 0) {
      return `The workflow '${name}' uses actions that reach beyond its own data, and nobody has allowed it to do so.`;
    }
    if (!isSameText(needs, known)) await this.keep(name, namespace);
    return null;
  }

  /** @returns false when the needs are not those of the key any more: the definition has changed meanwhile */
  async allow(name: string, namespace: string, key: string): Promise<boolean> {
    if (this.question(name, namespace).key !== key) return false;
    await this.keep(name, namespace);
    return true;
  }

  /** Takes it back; executions that run are refused their next action. @returns whether there was something to take */
  async revoke(name: string, namespace: string): Promise<boolean> {
    if (this.find(name, namespace) === undefined) return false;
    await this.document.update(({ workflows }) => ({
      workflows: workflows.filter((each) => !isOf(each, name, namespace)),
    }));
    return true;
  }

  /**
   * Whether tasks of this text may run an action that reaches out.
   *
   * @param through the texts of the ad-hoc actions that stand between the two: the newest ones, which may be others than
   * those that the execution was started with
   */
  mayRun(definitionId: DefinitionId, workflow: string, action: string, through: readonly DefinitionId[]): boolean {
    return this.list().some(({ definitionIds, needs }) => {
      const areKnown = through.every((id) => definitionIds.includes(id));
      // A text may define several workflows: only those that were asked about are meant.
      const isMeant = (need: Need): boolean =>
        need.workflow === workflow && (need.isOpen || (need.action === action && areKnown));
      return definitionIds.includes(definitionId) && needs.some(isMeant);
    });
  }

  /**
   * The secrets that the action of a task may have because what was allowed names them: an ad-hoc action does so in its
   * `base-input`, which is no part of the workflow's text and may have been changed since.
   */
  secretsOf(definitionId: DefinitionId, workflow: string, action: string): readonly string[] {
    return this.list()
      .filter(({ definitionIds }) => definitionIds.includes(definitionId))
      .flatMap(({ needs }) => needs.filter((need) => need.workflow === workflow && need.action === action))
      .flatMap(({ secrets }) => secrets ?? []);
  }

  private needs(name: string, namespace: string): Needs {
    const workflow = this.library.findWorkflow(name, namespace, null);
    return workflow === null ? { needs: [], definitionIds: [] } : needsOf(workflow, this.library, this.actions);
  }

  private find(name: string, namespace: string): TrustedWorkflow | undefined {
    return this.list().find((each) => isOf(each, name, namespace));
  }

  private async keep(name: string, namespace: string): Promise<void> {
    const trusted: TrustedWorkflow = { name, namespace, at: Date.now(), ...this.needs(name, namespace) };
    await this.document.update(({ workflows }) => ({
      workflows: [...workflows.filter((each) => !isOf(each, name, namespace)), trusted],
    }));
  }
}

/** What is to be asked yet. What an expression comes to depends on the whole text: in another one it may be something else. */
function openNeeds(found: Needs, known: TrustedWorkflow | undefined): readonly Need[] {
  const before = new Set(known?.needs.map(({ key }) => key));
  const isSame = isSameText(found, known);
  return found.needs.filter(({ key, isPlain }) => !before.has(key) || !(isPlain || isSame));
}

function isSameText({ definitionIds }: Needs, known: TrustedWorkflow | undefined): boolean {
  return definitionIds.every((id) => known?.definitionIds.includes(id));
}

function isOf(trusted: TrustedWorkflow, name: string, namespace: string): boolean {
  return trusted.name === name && trusted.namespace === namespace;
}

function keyOf(needs: readonly Need[]): string {
  const keys = needs.map(({ key }) => key).toSorted();
  return createHash('sha256').update(keys.join(' ')).digest('hex').slice(0, 32);
}
