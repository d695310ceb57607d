import { ExpressionError } from '../expressions/expression-error.ts';
import type { ExpressionWorld, MistralData, Scope } from '../expressions/scope.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { mergeDeep } from '../model/merge-deep.ts';
import type { TaskExecution, WorkflowExecution } from '../model/records.ts';
import { type Context, emptyContext } from './context.ts';
import type { Decision } from './decision.ts';
import { inboundContext, rootEnvironment, workflowIn } from './execution-tree.ts';
import { mistralData } from './mistral-data.ts';

/**
 * What the expressions of a task see. Names are looked up in this order, as Mistral does: what the engine adds, the
 * item variables, the branch, the workflow's variables and globals, the workflow's input.
 *
 * @param items the variables of one item of a with-items task; a branch variable of the same name wins
 */
export function taskScope(decision: Decision, task: TaskExecution, items: JsonObject = {}, branch?: Context): Scope {
  const workflow = workflowIn(decision.tree, task.workflowId);
  return new TreeScope(decision, workflow, task, items, branch ?? inboundContext(decision.tree, task.id));
}

/** What the workflow's own expressions (`output`, `vars`) see. */
export function workflowScope(decision: Decision, workflow: WorkflowExecution, branch: Context = emptyContext): Scope {
  return new TreeScope(decision, workflow, null, {}, branch);
}

/**
 * What the `base-input` of an ad-hoc action sees beside its own input: the branch and the workflow's variables and globals,
 * as in Mistral. The workflow's input has to be handed to it, and there is no task around it.
 */
export function adHocScope(decision: Decision, task: TaskExecution): Scope {
  const workflow = workflowIn(decision.tree, task.workflowId);
  return new TreeScope(decision, workflow, null, {}, inboundContext(decision.tree, task.id), {});
}

/** What `timeout` is evaluated with when the work starts: everything but `env()`, which is an error there, in Mistral too. */
export function withoutEnvironment(scope: Scope): Scope {
  return {
    world: scope.world,
    mistral:
      scope.mistral === null
        ? null
        : {
            ...scope.mistral,
            env: () => {
              throw new ExpressionError('env() cannot be used in a timeout: use a variable or an input.');
            },
          },
    get: (name) => (name === '__env' ? undefined : scope.get(name)),
    keys: () => scope.keys(),
  };
}

/** Made for every expression: what it may ask for is put together when it asks. */
class TreeScope implements Scope {
  private readonly decision: Decision;
  private readonly workflow: WorkflowExecution;
  private readonly task: TaskExecution | null;
  private readonly items: JsonObject;
  private readonly branch: Context;
  private readonly input: JsonObject;
  private data: MistralData | null = null;

  constructor(
    decision: Decision,
    workflow: WorkflowExecution,
    task: TaskExecution | null,
    items: JsonObject,
    branch: Context,
    input: JsonObject = workflow.input,
  ) {
    this.decision = decision;
    this.workflow = workflow;
    this.task = task;
    this.items = items;
    this.branch = branch;
    this.input = input;
  }

  get world(): ExpressionWorld {
    return this.decision.world;
  }

  get mistral(): MistralData {
    this.data ??= mistralData(this.decision, this.workflow, this.task);
    return this.data;
  }

  get(name: string): Json | undefined {
    const internal = name.startsWith('__') ? this.internal(name) : undefined;
    if (internal !== undefined) return internal;
    const published = this.branch.get(name)?.value;
    if (Object.hasOwn(this.items, name)) return shadowed(this.items[name] as Json, published);
    if (published !== undefined) return published;
    const { context } = this.workflow;
    if (Object.hasOwn(context, name)) return context[name];
    return Object.hasOwn(this.input, name) ? this.input[name] : undefined;
  }

  keys(): Iterable<string> {
    return new Set([
      ...(this.task === null ? [] : ['__task_execution']),
      '__env',
      '__execution',
      ...Object.keys(this.items),
      ...this.branch.keys(),
      ...Object.keys(this.workflow.context),
      ...Object.keys(this.input),
    ]);
  }

  private internal(name: string): JsonObject | undefined {
    switch (name) {
      case '__task_execution':
        return this.task === null ? undefined : { id: this.task.id, name: this.task.name };
      case '__env':
        return rootEnvironment(this.decision.tree);
      case '__execution':
        return { id: this.workflow.id };
      default:
        return undefined;
    }
  }
}

/** An item variable gives way to a published variable of its name; two dictionaries are merged. */
function shadowed(item: Json, published: Json | undefined): Json {
  if (published === undefined) return item;
  return isObject(item) && isObject(published) ? mergeDeep(item, published) : published;
}
