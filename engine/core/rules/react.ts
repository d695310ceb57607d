import type { Event } from '../../model/events.ts';
import { isCompleted } from '../../model/states.ts';
import type { Decision } from '../decision.ts';
import { actionIn, taskIn, tasksIn, workflowIn } from '../execution-tree.ts';
import { completeChild } from './complete-child.ts';
import { endWorkflow } from './end-workflow.ts';
import { followTransitions, releaseHeld } from './follow-transitions.ts';
import { pauseTask, pauseWorkflow, resumeTask, resumeWorkflow } from './pause-workflow.ts';

/**
 * Which rule follows from which event. Rules emit events and do not call one another upwards; what an event means for
 * the tasks, workflows and executions around it is decided here, in one place.
 */
export function react(decision: Decision, event: Event): void {
  switch (event.type) {
    case 'ActionCompleted': {
      const action = actionIn(decision.tree, event.id);
      if (action.taskId !== null) completeChild(decision, action.taskId, action);
      return;
    }

    case 'ActionStateChanged': {
      const { taskId } = actionIn(decision.tree, event.id);
      if (taskId === null) return;
      if (event.state === 'PAUSED') pauseTask(decision, taskId);
      else resumeTask(decision, taskId);
      return;
    }

    // What a decision pauses and resumes it may undo again before it comes to the event: a stale one means nothing.
    case 'TaskPaused':
      if (taskIn(decision.tree, event.id).state !== 'PAUSED') return;
      pauseWorkflow(decision, taskIn(decision.tree, event.id).workflowId, null);
      return;

    case 'TaskResumed': {
      const workflow = workflowIn(decision.tree, taskIn(decision.tree, event.id).workflowId);
      // A `pause` that the resumed part has come to is newer than the wish to go on.
      if (decision.events.some((each) => each.type === 'WorkflowPaused' && each.id === workflow.id)) return;
      if ((workflow.taskCounts.PAUSED ?? 0) === 0) resumeWorkflow(decision, workflow.id);
      return;
    }

    case 'TaskCompleted': {
      decision.touched.add(taskIn(decision.tree, event.id).workflowId);
      if (!event.held) followTransitions(decision, event.id);
      return;
    }

    case 'TaskReleased':
      followTransitions(decision, event.id);
      return;

    case 'WorkflowPaused': {
      const { parentTaskId, state } = workflowIn(decision.tree, event.id);
      if (state !== 'PAUSED') return;
      for (const nested of decision.tree.openWorkflows.get(event.id) ?? []) {
        pauseWorkflow(decision, nested, event.stateInfo);
      }
      if (parentTaskId !== null) pauseTask(decision, parentTaskId);
      return;
    }

    case 'WorkflowResumed': {
      const { parentTaskId, state, taskCounts } = workflowIn(decision.tree, event.id);
      if (state !== 'RUNNING') return;
      for (const nested of decision.tree.openWorkflows.get(event.id) ?? []) resumeWorkflow(decision, nested);
      // Also those whose paused actions have been completed meanwhile.
      for (const { id } of taskCounts.PAUSED ? tasksIn(decision.tree, event.id) : []) resumeTask(decision, id);
      releaseHeld(decision, event.id);
      if (parentTaskId !== null) resumeTask(decision, parentTaskId);
      decision.touched.add(event.id);
      return;
    }

    case 'WorkflowReopened':
      releaseHeld(decision, event.id);
      return;

    case 'WorkflowEnded': {
      const workflow = workflowIn(decision.tree, event.id);
      if (event.state === 'CANCELLED') {
        for (const nested of decision.tree.openWorkflows.get(event.id) ?? []) {
          endWorkflow(decision, nested, 'CANCELLED', event.stateInfo);
        }
      }
      if (workflow.parentTaskId !== null && isCompleted(workflow.state)) {
        completeChild(decision, workflow.parentTaskId, workflow);
      }
      return;
    }

    default:
      return;
  }
}
