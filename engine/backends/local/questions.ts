import { answerTo, readQuestion } from '../../actions/local/question.ts';
import { localAsk } from '../../actions/local-ask.ts';
import { ApiError } from '../../api/api-error.ts';
import type { Question } from '../../api/resources.ts';
import { actionIn, type ExecutionTree, taskIn, workflowIn } from '../../core/execution-tree.ts';
import type { ActionResult } from '../../model/commands.ts';
import type { Event } from '../../model/events.ts';
import type { ActionExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import { encodeJson, type Json } from '../../model/json.ts';
import type { ActionExecution } from '../../model/records.ts';
import { isCompleted } from '../../model/states.ts';

/** More questions than this are not shown at once. */
const SHOWN = 200;

/** The questions of local.ask that nobody has answered, of all executions. */
export class Questions {
  private readonly open = new Map<ActionExecutionId, Question>();

  /** The oldest first. */
  list(): Question[] {
    return [...this.open.values()].sort((one, other) => one.askedAt - other.askedAt).slice(0, SHOWN);
  }

  /** Takes up what was asked before this start. */
  takeUp(tree: ExecutionTree): void {
    for (const action of tree.actions.values()) this.add(tree, action);
  }

  /** @returns whether the list is another now */
  committed(tree: ExecutionTree, events: readonly Event[]): boolean {
    const before = this.open.size;
    let isNew = false;
    for (const event of events) {
      if (event.type === 'ActionScheduled') isNew = this.add(tree, actionIn(tree, event.id)) || isNew;
    }
    for (const [id, { rootId }] of this.open) {
      if (rootId === tree.rootId && !isOpen(tree, actionIn(tree, id))) this.open.delete(id);
    }
    return isNew || this.open.size !== before;
  }

  /** @returns whether the list is another now */
  forget(rootId: string): boolean {
    const before = this.open.size;
    for (const [id, question] of this.open) if (question.rootId === rootId) this.open.delete(id);
    return this.open.size !== before;
  }

  private add(tree: ExecutionTree, action: ActionExecution): boolean {
    if (action.runs.name !== localAsk.name || !isOpen(tree, action)) return false;
    this.open.set(action.id, describe(tree, action));
    return true;
  }
}

/**
 * What comes of an answer.
 *
 * @throws ApiError when nobody asks (any more), or it is no answer
 */
export function resultOfAnswer(tree: ExecutionTree, id: string, answer: Json): ActionResult {
  const action = tree.actions.get(id as ActionExecutionId);
  if (action === undefined || action.runs.name !== localAsk.name) {
    throw new ApiError('NOT_FOUND', 'There is no such question.');
  }
  if (!isOpen(tree, action)) throw new ApiError('REFUSED', 'This question needs no answer any more.');
  try {
    return answerTo(readQuestion(action.runs.input), action.runs.input.fail_on_no === true, answer);
  } catch (error) {
    throw new ApiError('INVALID', error instanceof Error ? error.message : String(error));
  }
}

/** An answer still changes something. */
function isOpen(tree: ExecutionTree, { state, taskId, attempt }: ActionExecution): boolean {
  if (isCompleted(state)) return false;
  if (taskId === null) return true;
  const task = taskIn(tree, taskId);
  return !isCompleted(task.state) && task.attempt === attempt && !isCompleted(workflowIn(tree, task.workflowId).state);
}

function describe(tree: ExecutionTree, { id, name, taskId, runs, createdAt }: ActionExecution): Question {
  const { text, details, yes, no, fields } = readQuestion(runs.input);
  return {
    rootId: tree.rootId,
    id,
    execution: tree.workflows.get(tree.rootId as WorkflowExecutionId)?.name ?? name,
    task: taskId === null ? null : taskIn(tree, taskId).name,
    askedAt: createdAt,
    text,
    details,
    yes,
    no,
    fields:
      fields?.map((field) => ({
        ...field,
        choices: [...field.choices],
        default: JSON.parse(encodeJson(field.default)) as unknown,
      })) ?? null,
  };
}
