import type { ExpressionWorld } from '../expressions/scope.ts';
import type { ActionDefinition } from '../language/action-definition.ts';
import type { WorkflowDefinition } from '../language/definition.ts';
import type { DefinitionId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import type { DefinitionSource } from '../model/records.ts';

/**
 * What is not the core's to invent: the time, new ids, chance, and what the library holds. It answers the same way
 * throughout one decision.
 */
export interface World extends ExpressionWorld {
  /** The workflow of this name in a text that a tree already uses. */
  definition(id: DefinitionId, source: DefinitionSource, name: string): WorkflowDefinition;
  /** Looks in the workbook first, then among all workflows of the namespace, then of the default one. */
  findWorkflow(name: string, namespace: string, workbook: string | null): FoundWorkflow | null;
  findAction(name: string, namespace: string, workbook: string | null): FoundAction | null;
  /** A stored environment's variables; null when there is none of the name. */
  environment(name: string): JsonObject | null;
}

export interface FoundWorkflow {
  /** The full name: with the workbook's in front, where it has one. */
  readonly name: string;
  readonly namespace: string;
  readonly workbook: string | null;
  readonly definitionId: DefinitionId;
  readonly source: DefinitionSource;
  readonly definition: WorkflowDefinition;
}

/** An action that does work itself, or one that a definition makes of another. */
export type FoundAction = BuiltInAction | AdHocAction;

export interface AdHocAction {
  readonly type: 'ad-hoc';
  /** The full name: with the workbook's in front, where it has one. */
  readonly name: string;
  /** The text that it comes from. */
  readonly definitionId: DefinitionId;
  readonly definition: ActionDefinition;
}

/** What the core has to know of an action before it may run. */
export interface BuiltInAction {
  readonly type: 'built-in';
  readonly name: string;
  /** False: it is completed from outside. */
  readonly isSync: boolean;
  /** It touches nothing outside, and need not be let begin. */
  readonly isPure: boolean;
  /** What is wrong with the input, in a sentence; null when it can run. */
  checkInput(input: JsonObject): string | null;
}
