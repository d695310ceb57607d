import type { Change } from '../engine/api/changes.ts';
import type { ExecutionSummary } from '../engine/api/resources.ts';

/** How many executions run, and how many of the tasks that they have made so far have ended. */
export interface RunningCounts {
  readonly executions: number;
  readonly tasks: number;
  readonly ended: number;
}

/** What runs now, folded from what the backend tells. Costs what changes, however much runs. */
export class RunningExecutions {
  readonly #running = new Map<string, RunningCounts>();
  /** Heard of as ended: what is told of them again is no end. */
  readonly #ended = new Set<string>();
  readonly #since: number;
  #counts: RunningCounts = { executions: 0, tasks: 0, ended: 0 };

  /** @param since what ended before then is nothing new; in milliseconds since 1970 */
  constructor(since: number) {
    this.#since = since;
  }

  get counts(): RunningCounts {
    return this.#counts;
  }

  get ids(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** What was running when this began to listen. What was heard of meanwhile is newer. */
  begin(executions: readonly ExecutionSummary[]): void {
    for (const execution of executions) {
      if (!this.#running.has(execution.id) && !this.#ended.has(execution.id)) this.#put(execution);
    }
  }

  /** Answers with the executions that have ended by these changes, each once. */
  fold(changes: readonly Change[]): readonly ExecutionSummary[] {
    const newlyEnded: ExecutionSummary[] = [];
    for (const change of changes) {
      if (change.type === 'executionDeleted') {
        this.#remove(change.id);
        this.#ended.delete(change.id);
      } else if (change.type === 'execution' && this.#put(change.execution)) newlyEnded.push(change.execution);
    }
    return newlyEnded;
  }

  /** Whether it has just ended. */
  #put(execution: ExecutionSummary): boolean {
    const { id } = execution;
    const wasRunning = this.#remove(id);
    if (isRunning(execution)) {
      this.#ended.delete(id);
      this.#running.set(id, this.#add(countsOf(execution), 1));
      return false;
    }
    if (execution.finishedAt === null || this.#ended.has(id)) return false;
    if (!wasRunning && execution.finishedAt < this.#since) return false;
    this.#ended.add(id);
    return true;
  }

  #remove(id: string): boolean {
    const known = this.#running.get(id);
    if (known === undefined) return false;
    this.#running.delete(id);
    this.#add(known, -1);
    return true;
  }

  #add(counts: RunningCounts, times: 1 | -1): RunningCounts {
    const { executions, tasks, ended } = this.#counts;
    this.#counts = {
      executions: executions + times * counts.executions,
      tasks: tasks + times * counts.tasks,
      ended: ended + times * counts.ended,
    };
    return counts;
  }
}

/** One that pauses runs until its last action has ended. */
function isRunning(execution: ExecutionSummary): boolean {
  return (
    execution.state === 'RUNNING' ||
    (execution.kind === 'workflow' && execution.state === 'PAUSED' && execution.runningActions > 0)
  );
}

function countsOf(execution: ExecutionSummary): RunningCounts {
  if (execution.kind !== 'workflow') return { executions: 1, tasks: 1, ended: 0 };
  const { SUCCESS = 0, ERROR = 0, CANCELLED = 0, SKIPPED = 0 } = execution.taskCounts;
  const tasks = Object.values(execution.taskCounts).reduce((sum, count) => sum + count, 0);
  return { executions: 1, tasks, ended: SUCCESS + ERROR + CANCELLED + SKIPPED };
}
