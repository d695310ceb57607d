import { fromEntries, type Json, type JsonObject } from '../model/json.ts';
import type { TaskExecution, WorkflowExecution } from '../model/records.ts';
import type { TaskState } from '../model/states.ts';
import { actionIn, type ExecutionTree, tasksIn, workflowIn } from './execution-tree.ts';

export interface ReportOptions {
  /** Only tasks in ERROR and what is below them. */
  readonly errorsOnly: boolean;
  /** 0: the execution with its tasks, nested executions without theirs. Negative: no limit. */
  readonly maxDepth: number;
  readonly statisticsOnly: boolean;
  /** How many more seconds it will take, by what earlier executions took; 0 for what has ended, -1 when none is known. */
  readonly estimatedTime: number;
}

/** The states that the statistics count, by the names that Mistral gives them; tasks in other states are not counted. */
const COUNTED: { readonly [state in TaskState]?: string } = {
  RUNNING: 'running_tasks_count',
  SUCCESS: 'success_tasks_count',
  ERROR: 'error_tasks_count',
  IDLE: 'idle_tasks_count',
  PAUSED: 'paused_tasks_count',
};

/**
 * The execution report of Mistral's API: the executions and tasks as a tree, and how many tasks are in which state.
 */
export function report(tree: ExecutionTree, root: WorkflowExecution, options: ReportOptions): JsonObject {
  const counts = new Map(Object.values(COUNTED).map((name) => [name, 0]));
  let total = 0;

  function workflowEntry(workflow: WorkflowExecution, depth: number): JsonObject {
    const { id, name, state, stateInfo } = workflow;
    const entry = {
      id,
      name,
      created_at: workflow.createdAt,
      updated_at: workflow.finishedAt,
      state,
      state_info: stateInfo,
    };
    if (options.maxDepth >= 0 && depth > options.maxDepth) return entry;
    const tasks = tasksIn(tree, id)
      .filter((task) => !options.errorsOnly || task.state === 'ERROR')
      .map((task) => taskEntry(task, depth + 1));
    return { ...entry, task_executions: tasks };
  }

  function taskEntry(task: TaskExecution, depth: number): JsonObject {
    const counted = COUNTED[task.state];
    if (counted !== undefined) {
      counts.set(counted, (counts.get(counted) ?? 0) + 1);
      total++;
    }
    const actions = [...(tree.actionsOf.get(task.id) ?? [])].map((id) => actionIn(tree, id));
    const nested = [...(tree.workflowsOf.get(task.id) ?? [])].map((id) => workflowIn(tree, id));
    return {
      id: task.id,
      name: task.name,
      created_at: task.createdAt,
      updated_at: task.finishedAt,
      state: task.state === 'RUNNING_DELAYED' ? 'DELAYED' : task.state,
      state_info: task.stateInfo,
      retry_count: task.retries,
      action_executions: actions.map(({ id, name, state, accepted }) => ({
        id,
        name,
        state,
        state_info: null,
        accepted,
      })),
      workflow_executions: nested.map((each) => workflowEntry(each, depth)),
    };
  }

  const entry = workflowEntry(root, 0);
  const statistics: [string, Json][] = [
    ['total_tasks_count', total],
    ...counts,
    ['estimated_time', options.estimatedTime],
  ];
  return {
    statistics: fromEntries(statistics),
    ...(options.statisticsOnly ? {} : { root_workflow_execution: entry }),
  };
}
