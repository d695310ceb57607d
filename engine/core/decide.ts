import type { Command } from '../model/commands.ts';
import type { Event } from '../model/events.ts';
import type { WorkflowExecution } from '../model/records.ts';
import { isCompleted } from '../model/states.ts';
import { Decision } from './decision.ts';
import { type ExecutionTree, taskIn, workflowIn } from './execution-tree.ts';
import { front } from './fifo.ts';
import { orRefuse, type Refusal, refuse } from './refusal.ts';
import { completeAction, startAction } from './rules/complete-action.ts';
import { completeTask } from './rules/complete-task.ts';
import { endIfDone } from './rules/end-if-done.ts';
import { endWorkflow } from './rules/end-workflow.ts';
import { mergeEnvironment, pauseWorkflow, resumeWorkflow } from './rules/pause-workflow.ts';
import { react } from './rules/react.ts';
import { refuseRepeat, rerunTask, skipTask } from './rules/rerun-task.ts';
import { startTask } from './rules/start-task.ts';
import { startWorkflow } from './rules/start-workflow.ts';
import { stopLateActions } from './rules/stop-late-actions.ts';
import { mayBecome } from './transitions.ts';
import type { World } from './world.ts';

/** How many tasks and items one decision starts; more than that are left to the next, so that no decision takes long. */
const ALLOWANCE = 50;

export type Verdict =
  | { readonly type: 'decided'; readonly events: readonly Event[]; readonly tree: ExecutionTree }
  | Refusal;

/**
 * Decides what follows from a command: all of it, down to the end of the execution, or nothing. Pure: the same tree,
 * command and world give the same events, and the tree that comes with them is what applying them gives.
 */
export function decide(tree: ExecutionTree, command: Command, world: World): Verdict {
  const decision = new Decision(tree, world, ALLOWANCE);
  const refusal = carryOut(decision, command);
  if (refusal !== null) return refusal;
  // What an earlier decision left over waits behind what that one has started, so that of a long list only some dozens
  // are under way at a time; each that ends would start as many more otherwise.
  settle(decision, command.type === 'Continue' || front(tree.active) === undefined);
  return { type: 'decided', events: decision.events, tree: decision.tree };
}

/**
 * Lets every event have its consequences, starts what is ready, and ends what is done, until nothing is left to do.
 *
 * @param startsReady false leaves what is ready to `Continue`, which is owed as long as anything is
 */
function settle(decision: Decision, startsReady: boolean): void {
  let reacted = 0;
  for (;;) {
    for (let event = decision.events[reacted]; event !== undefined; event = decision.events[reacted]) {
      reacted++;
      react(decision, event);
    }
    const next = startsReady ? front(decision.tree.active) : undefined;
    if (next !== undefined && decision.allowance > 0) {
      const ready = decision.tree.ready.get(next);
      const task = ready === undefined ? undefined : front(ready);
      if (task === undefined) throw new Error(`The active workflow execution ${next} has no task that is ready.`);
      startTask(decision, task);
      continue;
    }
    const [touched] = decision.touched;
    if (touched === undefined) return;
    decision.touched.delete(touched);
    endIfDone(decision, touched);
  }
}

/** Mistral answers a command that changes nothing with success; so does this, with no events. */
function carryOut(decision: Decision, command: Command): Refusal | null {
  const { tree, world } = decision;
  switch (command.type) {
    case 'StartWorkflow': {
      const found = world.findWorkflow(command.workflow, command.namespace, null);
      if (found === null) return refuse('NOT_FOUND', `There is no workflow named '${command.workflow}'.`);
      return orRefuse(() => startWorkflow(decision, found, { ...command, parentTaskId: null, index: 0 }));
    }

    case 'StartAction':
      return startAction(decision, command);

    case 'PauseExecution': {
      const workflow = tree.workflows.get(command.id);
      if (workflow === undefined) return refuse('NOT_FOUND', `There is no execution ${command.id}.`);
      if (!mayBecome(workflow.state, 'PAUSED')) {
        return refuse('REFUSED', `The execution of '${workflow.name}' is ${workflow.state} and cannot be paused.`);
      }
      pauseWorkflow(decision, command.id, command.message);
      return null;
    }

    case 'ResumeExecution': {
      const workflow = tree.workflows.get(command.id);
      if (workflow === undefined) return refuse('NOT_FOUND', `There is no execution ${command.id}.`);
      if (workflow.state !== 'PAUSED') return null;
      if (command.env !== null) mergeEnvironment(decision, command.id, command.env);
      resumeWorkflow(decision, command.id);
      return null;
    }

    case 'StopExecution': {
      const workflow = tree.workflows.get(command.id);
      if (workflow === undefined) return refuse('NOT_FOUND', `There is no execution ${command.id}.`);
      // Mistral, too, lets nothing but a cancel end what is paused.
      if (isCompleted(workflow.state) || (workflow.state === 'PAUSED' && command.state === 'ERROR')) return null;
      if (!mayBecome(workflow.state, command.state)) {
        return refuse('REFUSED', `An execution that is ${workflow.state} cannot become ${command.state}.`);
      }
      return orRefuse(() => endWorkflow(decision, command.id, command.state, command.message));
    }

    case 'UpdateExecution': {
      const workflow = tree.workflows.get(command.id);
      if (workflow === undefined) return refuse('NOT_FOUND', `There is no execution ${command.id}.`);
      if (command.env !== undefined && !mayChangeEnvironment(workflow)) return refuse('REFUSED', ENVIRONMENT_IN_USE);
      const { description, env } = command;
      if (env !== undefined) mergeEnvironment(decision, command.id, env);
      if (description !== undefined) decision.emit({ type: 'WorkflowUpdated', id: command.id, description });
      return null;
    }

    case 'TakeUpExecution': {
      const { id, repeated, failed, timers } = command;
      if (tree.workflows.get(id)?.state !== 'RUNNING') return null;
      decision.emit({ type: 'WorkflowTakenUp', id, repeated, failed, timers });
      return null;
    }

    case 'BeginAction':
    case 'RepeatAction': {
      const action = tree.actions.get(command.id);
      if (action === undefined) return refuse('NOT_FOUND', `There is no action execution ${command.id}.`);
      const waits = action.begunAt === null;
      if (isCompleted(action.state) || waits !== (command.type === 'BeginAction')) return null;
      decision.emit({ type: waits ? 'ActionBegun' : 'ActionRepeated', id: command.id });
      return null;
    }

    case 'CompleteAction': {
      const action = tree.actions.get(command.id);
      if (action === undefined) return refuse('NOT_FOUND', `There is no action execution ${command.id}.`);
      if (isCompleted(action.state)) return refuse('REFUSED', `The action ${action.name} has already completed.`);
      completeAction(decision, command.id, command.result);
      return null;
    }

    case 'UpdateAction': {
      const action = tree.actions.get(command.id);
      if (action === undefined) return refuse('NOT_FOUND', `There is no action execution ${command.id}.`);
      if (action.isSync && command.state === 'PAUSED') {
        return refuse(
          'REFUSED',
          `The action ${action.name} completes by itself: only asynchronous actions can be paused.`,
        );
      }
      if (!mayBecome(action.state, command.state)) {
        return refuse('REFUSED', `An action that is ${action.state} cannot become ${command.state}.`);
      }
      if (action.state !== command.state) decision.emit({ ...command, type: 'ActionStateChanged' });
      return null;
    }

    case 'RerunTask': {
      const refusal = refuseRepeat(tree, command.id, 'rerun');
      if (refusal !== null) return refusal;
      const task = taskIn(tree, command.id);
      if (!command.reset && decision.definitionOfTask(task).withItems === null) {
        return refuse('REFUSED', `Only a with-items task can be rerun without reset, and '${task.name}' is none.`);
      }
      const workflow = workflowIn(tree, task.workflowId);
      if (workflow.state === 'PAUSED') return null;
      if (command.env !== null && Object.keys(command.env).length > 0) {
        if (!mayChangeEnvironment(workflow)) return refuse('REFUSED', ENVIRONMENT_IN_USE);
        mergeEnvironment(decision, workflow.id, command.env);
      }
      rerunTask(decision, command.id, command.reset);
      return null;
    }

    case 'SkipTask': {
      const refusal = refuseRepeat(tree, command.id, 'skipped');
      if (refusal !== null) return refusal;
      const { state } = workflowIn(tree, taskIn(tree, command.id).workflowId);
      if (state !== 'PAUSED') skipTask(decision, command.id);
      return null;
    }

    case 'FireTimer':
      fireTimer(decision, command.id);
      return null;

    case 'Continue':
      return null;

    default:
      return command satisfies never;
  }
}

const ENVIRONMENT_IN_USE = 'The environment can be changed only while the execution is PAUSED or in ERROR.';

function mayChangeEnvironment({ state }: WorkflowExecution): boolean {
  return state === 'PAUSED' || state === 'ERROR';
}

function fireTimer(decision: Decision, id: string): void {
  const timer = decision.tree.timers.get(id);
  if (timer === undefined) return;
  decision.emit({ type: 'TimerFired', id });
  const { purpose, taskId } = timer;
  // Tasks that start or are repeated are ready now, and wait with the others if their workflow is paused.
  if (purpose.type === 'timeout') {
    stopLateActions(decision, taskId, timer.dueAt);
    completeTask(decision, taskId, 'ERROR', `Task timed out [timeout(s)=${purpose.seconds}].`);
  } else if (purpose.type === 'complete' && isCompleted(purpose.state)) {
    completeTask(decision, taskId, purpose.state, purpose.stateInfo);
  }
}
