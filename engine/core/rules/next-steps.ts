import { evaluate, evaluateCondition } from '../../expressions/evaluate.ts';
import { toText } from '../../expressions/python/text.ts';
import type { Scope } from '../../expressions/scope.ts';
import type { Transition, Transitions } from '../../language/definition.ts';
import type { EngineCommand, NextStep, TaskExecution, TransitionEvent } from '../../model/records.ts';
import type { Decision } from '../decision.ts';
import { outboundContext } from '../execution-tree.ts';
import { taskScope } from '../scope.ts';

export type CompletedState = 'SUCCESS' | 'ERROR' | 'CANCELLED' | 'SKIPPED';

/** A task as expressions see it while it completes: in the state that it is about to have. */
export type CompletedTask = TaskExecution & { readonly state: CompletedState };

/**
 * What follows from a task that completed in this state, in Mistral's order: on-error, on-skip or on-success first,
 * on-complete after it. A skipped task without a matching on-skip goes on as if it had succeeded.
 */
export function nextSteps(decision: Decision, task: CompletedTask): readonly NextStep[] {
  const { state } = task;
  const definition = decision.definitionOfTask(task);
  const scope = taskScope(decision, task, {}, outboundContext(decision.tree, task));
  const follow = (transitions: Transitions, event: TransitionEvent): readonly NextStep[] =>
    transitions
      .filter(({ guard }) => guard === null || evaluateCondition(guard, scope))
      // A task may be named like a command; then it is the command that is meant.
      .map((taken) => (isCommand(taken.to) ? command(taken, event, scope) : { type: 'task', name: taken.to, event }));

  switch (state) {
    case 'SUCCESS':
      return [...follow(definition.onSuccess, 'on-success'), ...follow(definition.onComplete, 'on-complete')];
    case 'ERROR':
      return [...follow(definition.onError, 'on-error'), ...follow(definition.onComplete, 'on-complete')];
    case 'SKIPPED': {
      const skipped = follow(definition.onSkip, 'on-skip');
      return skipped.length > 0 ? skipped : follow(definition.onSuccess, 'on-success');
    }
    case 'CANCELLED':
      return [];
    default:
      return state satisfies never;
  }
}

const COMMANDS: ReadonlySet<string> = new Set<EngineCommand>(['noop', 'succeed', 'fail', 'pause']);

function isCommand(name: string): boolean {
  return COMMANDS.has(name);
}

function command({ to, params }: Transition, event: TransitionEvent, scope: Scope): NextStep {
  const message = Object.hasOwn(params, 'msg') ? evaluate(params.msg ?? null, scope) : null;
  return { type: 'command', name: to as EngineCommand, event, message: message === null ? null : toText(message) };
}
