import type { Action } from '../actions/action.ts';
import type { TextMask } from '../actions/text-mask.ts';
import { type ExecutionTree, taskIn, workflowIn } from '../core/execution-tree.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { ActionExecution } from '../model/records.ts';
import { SecretError, type Secrets } from './secrets.ts';
import type { Trust } from './trust.ts';

const NOT_ALLOWED = 'nobody has allowed this text';

/** Whether this says that an action was refused for want of trust, as {@link ActionGate.enter} says it. */
export function isForWantOfTrust(reason: string | null): boolean {
  return reason?.includes(` was not run: ${NOT_ALLOWED} of the workflow `) === true;
}

/** What stands between an action that reaches out and the world. Actions that reach for nothing do not come here. */
export class ActionGate {
  private readonly trust: Trust;
  private readonly secrets: Secrets;

  constructor(trust: Trust, secrets: Secrets) {
    this.trust = trust;
    this.secrets = secrets;
  }

  /**
   * The input that the action runs with, secrets revealed; or why it may not run, in a sentence.
   *
   * @param tree null for an action that belongs to no execution
   */
  enter(
    tree: ExecutionTree | null,
    execution: ActionExecution,
    action: Action,
  ): { readonly input: JsonObject } | { readonly refused: string } {
    const { taskId, runs, name } = execution;
    let named: readonly string[] = [];
    if (taskId === null) {
      // What a person runs on its own is trusted: they have said its name and its input. An ad-hoc action brings input
      // that somebody else has written.
      if (name !== action.name)
        return { refused: `${name} stands on ${action.name}: run it from a workflow, which asks first.` };
    } else {
      if (tree === null) return { refused: 'Its execution is not there any more.' };
      const workflow = workflowIn(tree, taskIn(tree, taskId).workflowId);
      if (!this.trust.mayRun(workflow.definitionId, workflow.name, action.name, runs.definitionIds ?? [])) {
        return {
          refused:
            `${action.name} was not run: ${NOT_ALLOWED} of the workflow '${workflow.name}' to run it. ` +
            'Once it is allowed, the task can be run again.',
        };
      }
      named = this.trust.secretsOf(workflow.definitionId, workflow.name, action.name);
    }
    // What is only shown to the person on the screen needs no value.
    if (action.reaches.every((reach) => reach === 'person')) return { input: runs.input };
    try {
      return { input: this.secrets.reveal(runs.input, taskId === null ? null : tree, named) };
    } catch (error) {
      if (error instanceof SecretError) return { refused: error.message };
      throw error;
    }
  }

  maskText(): TextMask {
    return this.secrets.maskText();
  }

  /** What the action gives or says, without the secrets that it was given. */
  mask<T extends Json>(value: T): T {
    return this.secrets.mask(value);
  }
}
